using System.Globalization;
using System.Text;

namespace SemPLeS.Clip;

/// <summary>
/// Lower case by Unicode's full mapping, as Python's str.lower: a sigma that ends a word becomes a final one, and a dotted capital I keeps its dot.
/// </summary>
internal static class LowerCase
{
    private const char CapitalSigma = 'Σ';
    private const char DottedCapitalI = 'İ';

    public static string Of(string text)
    {
        var lower = text.ToLowerInvariant();
        if (!text.AsSpan().ContainsAny(CapitalSigma, DottedCapitalI))
            return lower;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                CapitalSigma => result.Append(EndsWord(text, i) ? 'ς' : 'σ'),
                DottedCapitalI => result.Append("i\u0307"),
                _ => result.Append(lower[i]),
            };
        }

        return result.ToString();
    }

    /// <summary>Unicode's condition Final_Sigma: a cased letter before, none behind, but for characters that case ignores.</summary>
    private static bool EndsWord(string text, int sigma)
    {
        var (before, behind) = (sigma - 1, sigma + 1);
        while (before >= 0 && CaseIgnores(text, before))
            before--;
        while (behind < text.Length && CaseIgnores(text, behind))
            behind++;
        return before >= 0 && IsCased(text, before) && !(behind < text.Length && IsCased(text, behind));
    }

    private static bool IsCased(string text, int index) => Category(text, index) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool CaseIgnores(string text, int index) => text[index] is '\'' or '.' or ':' or '·' or '’' or '‘' or '․' or '‧' ||
        Category(text, index) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;

    /// <summary>Of the character that the place belongs to, be it the first or the second half of a pair.</summary>
    private static UnicodeCategory Category(string text, int index) =>
        CharUnicodeInfo.GetUnicodeCategory(text, char.IsLowSurrogate(text[index]) && index > 0 ? index - 1 : index);
}
