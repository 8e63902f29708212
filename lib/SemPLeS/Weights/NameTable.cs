using System.Globalization;

namespace SemPLeS.Weights;

/// <summary>What the tensors of a network are called by one of its publishers, and here.</summary>
/// <param name="Name">Whose names they are.</param>
/// <param name="Marker">A name that only theirs have.</param>
/// <param name="Rules">The rows.</param>
internal sealed record NameTable(string Name, string Marker, IReadOnlyList<NameRule> Rules)
{
    private const string Block = "{0}";

    /// <summary>Where our tensors are in a file of theirs. Theirs that no row names are kept under their names, for a report to tell.</summary>
    public IReadOnlyDictionary<string, TensorSource> Ours(WeightsFile theirs)
    {
        var sources = new Dictionary<string, TensorSource>(StringComparer.Ordinal);
        foreach (var (rule, number) in Rows(rule => rule.Theirs, theirs.Contains))
            sources[Numbered(rule.Ours, number)] = new([.. rule.Theirs.Select(name => Numbered(name, number))], rule.Change);
        var used = sources.Values.SelectMany(source => source.Names).ToHashSet(StringComparer.Ordinal);
        foreach (var name in theirs.Names.Where(name => !used.Contains(name)))
            sources.TryAdd(name, new([name]));
        return sources;
    }

    /// <summary>Where their tensors are in a file of ours.</summary>
    public IReadOnlyDictionary<string, TensorSource> Theirs(WeightsFile ours)
    {
        var sources = new Dictionary<string, TensorSource>(StringComparer.Ordinal);
        foreach (var (rule, number) in Rows(rule => [rule.Ours], ours.Contains))
        {
            for (var part = 0; part < rule.Theirs.Length; part++)
                sources[Numbered(rule.Theirs[part], number)] = new([Numbered(rule.Ours, number)], rule.Change, part, rule.Theirs.Length);
        }

        return sources;
    }

    /// <summary>The rows whose tensors are all there; rows of blocks once for each.</summary>
    private IEnumerable<(NameRule Rule, int Number)> Rows(Func<NameRule, string[]> names, Func<string, bool> contains)
    {
        foreach (var rule in Rules)
        {
            for (var number = 0; names(rule).All(name => contains(Numbered(name, number))); number++)
            {
                yield return (rule, number);
                if (!rule.Ours.Contains(Block, StringComparison.Ordinal))
                    break;
            }
        }
    }

    private static string Numbered(string name, int number) => name.Replace(Block, number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
