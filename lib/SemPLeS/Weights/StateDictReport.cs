namespace SemPLeS.Weights;

/// <summary>How the tensors that were found differ from those a module has.</summary>
/// <param name="Missing">Names that the module has and the file lacks.</param>
/// <param name="Unexpected">Names that the file has and the module lacks.</param>
/// <param name="Misshapen">Names that both have, in different shapes.</param>
public sealed record StateDictReport(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<ShapeMismatch> Misshapen)
{
    private const int NamesShown = 8;

    // A file may bring any names: comparing them must end soon.
    private const int CandidatesCompared = 2000;
    private const int LongestCompared = 200;

    /// <summary>True when names and shapes agree.</summary>
    public bool IsMatch => Missing.Count + Unexpected.Count + Misshapen.Count == 0;

    /// <summary>Compares names and shapes.</summary>
    public static StateDictReport Compare(
        IReadOnlyDictionary<string, IReadOnlyList<long>> expected, IReadOnlyDictionary<string, IReadOnlyList<long>> found) => new(
        [.. expected.Keys.Where(name => !found.ContainsKey(name)).Order(StringComparer.Ordinal)],
        [.. found.Keys.Where(name => !expected.ContainsKey(name)).Order(StringComparer.Ordinal)],
        [.. expected.Where(pair => found.TryGetValue(pair.Key, out var shape) && !shape.SequenceEqual(pair.Value))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new ShapeMismatch(pair.Key, pair.Value, found[pair.Key]))]);

    /// <summary>The differences in one line, a few names of each kind.</summary>
    public override string ToString() => IsMatch
        ? "all names and shapes agree"
        : string.Join("; ", new[] { List("missing", Missing.Take(NamesShown + 1).Select(WithNearest), Missing.Count), List("unexpected", Unexpected, Unexpected.Count), List("of another shape", Misshapen, Misshapen.Count) }.OfType<string>());

    /// <summary>The unexpected name that is most like a missing one; null where none is much like it.</summary>
    public string? Nearest(string missing)
    {
        ArgumentNullException.ThrowIfNull(missing);
        var (nearest, distance) = ((string?)null, missing.Length / 2 + 1);
        foreach (var candidate in Unexpected.Take(CandidatesCompared).Where(candidate => candidate.Length <= LongestCompared))
        {
            if (Math.Abs(candidate.Length - missing.Length) < distance && EditDistance(missing, candidate) is var found && found < distance)
                (nearest, distance) = (candidate, found);
        }

        return nearest;
    }

    private string WithNearest(string missing) => Nearest(missing) is { } nearest ? $"{missing} (nearest: {nearest})" : missing;

    /// <summary>How many letters must be put in, left out or replaced.</summary>
    private static int EditDistance(string first, string second)
    {
        var row = Enumerable.Range(0, second.Length + 1).ToArray();
        for (var i = 1; i <= first.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= second.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (first[i - 1] == second[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }

    private static string? List<T>(string what, IEnumerable<T> items, int count) => count == 0
        ? null
        : $"{count} {what} ({string.Join(", ", items.Take(NamesShown))}{(count > NamesShown ? ", ..." : "")})";
}
