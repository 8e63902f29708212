namespace SemPLeS.Notebooks;

/// <summary>What learned prompts say, in words.</summary>
public static class NearestTexts
{
    /// <summary>For each prompt the texts that are nearest to it, with their cosines, and the truth beside them where it is known.</summary>
    /// <param name="prompts">Names of the prompts.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="cosines">prompts x texts.</param>
    /// <param name="truth">What each prompt should say; null where nobody knows.</param>
    /// <param name="count">Texts for each prompt; at most as many as there are.</param>
    /// <exception cref="ArgumentException">The names don't fit the cosines, or the count is no number of texts.</exception>
    public static TableSection Table(IReadOnlyList<string> prompts, IReadOnlyList<string> texts, double[,] cosines, IReadOnlyList<string>? truth = null, int count = 3)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(cosines);
        if (cosines.GetLength(0) != prompts.Count || cosines.GetLength(1) != texts.Count || (truth is not null && truth.Count != prompts.Count))
            throw new ArgumentException($"{cosines.GetLength(0)}x{cosines.GetLength(1)} cosines don't fit {prompts.Count} prompts and {texts.Count} texts.", nameof(cosines));
        if (count < 1 || count > texts.Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"There are {texts.Count} texts.");
        return new TableSection(
            "The nearest words",
            [new TableColumn("prompt of"), .. Enumerable.Range(1, count).Select(place => new TableColumn($"{place}.")), .. truth is null ? [] : new[] { new TableColumn("its background is") }],
            [.. prompts.Select(IReadOnlyList<string> (prompt, row) =>
            [
                prompt,
                .. Enumerable.Range(0, texts.Count).OrderByDescending(text => cosines[row, text]).Take(count).Select(text => $"{texts[text]} ({ChartNumbers.Text(cosines[row, text], 2)})"),
                .. truth is null ? [] : new[] { truth[row] },
            ])]);
    }
}
