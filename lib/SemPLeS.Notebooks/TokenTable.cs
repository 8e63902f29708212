using System.Globalization;
using SemPLeS.Clip;

namespace SemPLeS.Notebooks;

/// <summary>What a text encoder is given of texts.</summary>
public static class TokenTable
{
    /// <summary>A row for each text: its tokens, and their numbers in the vocabulary.</summary>
    /// <param name="heading">The heading.</param>
    /// <param name="tokenizer">The vocabulary.</param>
    /// <param name="texts">The texts.</param>
    /// <exception cref="ArgumentException">The vocabulary can't express a text; the message names it.</exception>
    public static TableSection Of(string heading, ITextTokenizer tokenizer, params IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(texts);
        TableColumn[] columns = [new("text"), new("tokens"), new("numbers"), new("count", IsNumeric: true)];
        return new TableSection(heading, columns, [.. texts.Select(Row)]);

        IReadOnlyList<string> Row(string text)
        {
            var tokens = tokenizer.Encode(text);
            return
            [
                text,
                string.Join(" | ", tokens.Select(token => tokenizer.Decode([token]).Trim())),
                string.Join(' ', tokens),
                tokens.Count.ToString(CultureInfo.InvariantCulture),
            ];
        }
    }
}
