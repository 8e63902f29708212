namespace SemPLeS.Weights;

/// <summary>How the tensors that were found differ from those a module has.</summary>
/// <param name="Missing">Names that the module has and the file lacks.</param>
/// <param name="Unexpected">Names that the file has and the module lacks.</param>
/// <param name="Misshapen">Names that both have, in different shapes.</param>
public sealed record StateDictReport(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<ShapeMismatch> Misshapen)
{
    private const int NamesShown = 8;

    /// <summary>True when names and shapes agree.</summary>
    public bool IsMatch => Missing.Count + Unexpected.Count + Misshapen.Count == 0;

    /// <summary>Compares names and shapes.</summary>
    public static StateDictReport Compare(IReadOnlyDictionary<string, IReadOnlyList<long>> expected, IReadOnlyDictionary<string, IReadOnlyList<long>> found) => new(
        [.. expected.Keys.Where(name => !found.ContainsKey(name)).Order(StringComparer.Ordinal)],
        [.. found.Keys.Where(name => !expected.ContainsKey(name)).Order(StringComparer.Ordinal)],
        [.. expected.Where(pair => found.TryGetValue(pair.Key, out var shape) && !shape.SequenceEqual(pair.Value))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new ShapeMismatch(pair.Key, pair.Value, found[pair.Key]))]);

    /// <summary>The differences in one line, a few names of each kind.</summary>
    public override string ToString() => IsMatch
        ? "all names and shapes agree"
        : string.Join("; ", new[] { List("missing", Missing), List("unexpected", Unexpected), List("of another shape", Misshapen) }.OfType<string>());

    private static string? List<T>(string what, IReadOnlyList<T> items) => items.Count == 0
        ? null
        : $"{items.Count} {what} ({string.Join(", ", items.Take(NamesShown))}{(items.Count > NamesShown ? ", ..." : "")})";
}
