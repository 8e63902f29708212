using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SemPLeS.Clip;

/// <summary>
/// Character references of HTML, resolved as the HTML standard says and Python's html.unescape does: names without semicolon included, by their longest
/// match; numbers that Windows-1252 would mean, likewise. (WebUtility.HtmlDecode knows neither.)
/// </summary>
internal static partial class HtmlEntities
{
    private const string Resource = "SemPLeS.Clip.html-entities.txt";
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
    private const int ShortestName = 2;

    private static readonly Lazy<FrozenDictionary<string, string>> Names = new(ReadNames);

    /// <summary>Resolves every character reference, once.</summary>
    public static string Unescape(string text) =>
        text.Contains('&', StringComparison.Ordinal) ? Reference().Replace(text, match => Resolve(match.Groups[1].Value)) : text;

    private static string Resolve(string reference)
    {
        if (reference[0] == '#')
            return Character(Number(reference.TrimEnd(';')));
        if (Names.Value.TryGetValue(reference, out var whole))
            return whole;
        for (var length = reference.Length - 1; length >= ShortestName; length--)
        {
            if (Names.Value.TryGetValue(reference[..length], out var characters))
                return characters + reference[length..];
        }

        return "&" + reference;
    }

    /// <summary>The number of "#38" or "#x26"; int.MaxValue for one that is larger.</summary>
    private static int Number(string reference)
    {
        var (digits, radix) = reference[1] is 'x' or 'X' ? (reference[2..], 16) : (reference[1..], 10);
        return (int)digits.Aggregate(0L, (number, digit) => Math.Min(number * radix + Convert.ToInt64(digit.ToString(), 16), int.MaxValue));
    }

    private static string Character(int number) => number switch
    {
        0 => "\ufffd",
        '\r' => "\r",
        >= 0x80 and <= 0x9f => Windows1252[number - 0x80].ToString(),
        (>= 0xd800 and <= 0xdfff) or > 0x10ffff => "\ufffd",
        (>= 1 and <= 8) or 0xb or (>= 0xe and <= 0x1f) or 0x7f or (>= 0xfdd0 and <= 0xfdef) => "",
        _ when (number & 0xfffe) == 0xfffe => "",
        _ => char.ConvertFromUtf32(number),
    };

    private static FrozenDictionary<string, string> ReadNames()
    {
        using var stream = typeof(HtmlEntities).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly has no resource {Resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var parts = line.Split(' ');
            names.Add(parts[0], string.Concat(parts.Skip(1).Select(part => char.ConvertFromUtf32(int.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))));
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
