namespace SemPLeS.Tests.Signatures;

/// <summary>Cuts lines of C# signatures at separators that stand outside every bracket and quotation.</summary>
internal static class SignatureText
{
    /// <summary>Position of the first <paramref name="separator"/> outside brackets and quotations, from <paramref name="start"/> on; -1 where there is none.</summary>
    public static int IndexOfTopLevel(string text, string separator, int start = 0)
    {
        int depth = 0;
        char quotation = '\0';
        for (int i = start; i < text.Length; i++)
        {
            if (quotation != '\0')
            {
                if (text[i] == quotation)
                    quotation = '\0';
                continue;
            }

            if (depth == 0 && string.CompareOrdinal(text, i, separator, 0, separator.Length) == 0)
                return i;
            switch (text[i])
            {
                case '"' or '\'':
                    quotation = text[i];
                    break;
                case '(' or '<' or '[' or '{':
                    depth++;
                    break;
                case ')' or '>' or ']' or '}':
                    depth--;
                    break;
            }
        }

        return -1;
    }

    /// <summary>The parts of <paramref name="text"/> between commas outside brackets and quotations; none for an empty text.</summary>
    public static IReadOnlyList<string> SplitAtCommas(string text)
    {
        var parts = new List<string>();
        int start = 0;
        for (int end; (end = IndexOfTopLevel(text, ", ", start)) >= 0; start = end + 2)
            parts.Add(text[start..end]);
        if (start < text.Length)
            parts.Add(text[start..]);
        return parts;
    }
}
