using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>A weights file seen under other names; nothing is copied before it is read. The file stays its opener's.</summary>
internal sealed class RenamedWeights : WeightsFile
{
    // What training tools put before every name of a model that they wrap.
    private static readonly string[] Wrappings = ["module.", "_orig_mod."];

    private const int WrappingLimit = 4;

    private readonly WeightsFile _file;
    private readonly IReadOnlyDictionary<string, TensorSource> _sources;
    private readonly Dictionary<string, WeightsEntry> _entries;

    /// <summary>Sees a file under other names.</summary>
    /// <exception cref="InvalidDataException">Tensors that are to be joined or cut have no shapes for that.</exception>
    public RenamedWeights(WeightsFile file, IReadOnlyDictionary<string, TensorSource> sources)
        : base(file.FilePath)
    {
        (_file, _sources) = (file, sources);
        _entries = sources.ToDictionary(pair => pair.Key, pair => EntryOf(pair.Key, pair.Value), StringComparer.Ordinal);
        Names = [.. _entries.Keys];
    }

    /// <inheritdoc/>
    public override WeightsFormat Format => _file.Format;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Metadata => _file.Metadata;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names { get; }

    /// <summary>Sees a file under this library's names, whatever table its own are from; the file itself where they are this library's.</summary>
    /// <param name="file">The file.</param>
    /// <param name="tables">The tables that come into question.</param>
    /// <param name="isIgnored">Whether a name is of what the network does not need.</param>
    public static WeightsFile ToOurs(WeightsFile file, IReadOnlyList<NameTable> tables, Func<string, bool> isIgnored)
    {
        var seen = file;
        if (tables.FirstOrDefault(table => seen.Contains(table.Marker)) is { } table)
            seen = new RenamedWeights(seen, table.Ours(seen));
        return seen.Names.Any(isIgnored) ? new RenamedWeights(seen, seen.Names.Where(name => !isIgnored(name)).ToDictionary(name => name, name => new TensorSource([name]))) : seen;
    }

    /// <summary>Sees a file without what a training tool put before every name.</summary>
    public static WeightsFile Unwrapped(WeightsFile file)
    {
        for (var depth = 0; depth < WrappingLimit && file.Names.Count > 0; depth++)
        {
            if (Wrappings.FirstOrDefault(wrapping => file.Names.All(name => name.StartsWith(wrapping, StringComparison.Ordinal))) is not { } wrapping)
                break;
            file = new RenamedWeights(file, file.Names.ToDictionary(name => name[wrapping.Length..], name => new TensorSource([name])));
        }

        return file;
    }

    /// <inheritdoc/>
    public override bool Contains(string name) => _entries.ContainsKey(name);

    /// <inheritdoc/>
    public override WeightsEntry Entry(string name) => _entries.TryGetValue(name, out var entry) ? entry : throw Missing(name);

    /// <inheritdoc/>
    public override Tensor Read(string name)
    {
        var (entry, source) = (Entry(name), _sources[name]);
        if (Same(source) is { } same)
            return _file.Read(same);
        using var scope = NewDisposeScope();
        var value = source.Names.Count == 1 ? _file.Read(source.Names[0]) : cat(source.Names.Select(_file.Read).ToArray(), 0);
        if (source.Parts > 1)
            value = value.narrow(0, source.Part * entry.Shape[0], entry.Shape[0]);
        value = source.Change == TensorChange.Transposed ? value.transpose(0, 1) : value;
        return value.reshape([.. entry.Shape]).contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    internal override void ReadInto(string name, Tensor target)
    {
        if (Contains(name) && Same(_sources[name]) is { } same)
            _file.ReadInto(same, target);
        else
            base.ReadInto(name, target);
    }

    /// <summary>Nothing: the file is its opener's to close.</summary>
    public override void Dispose()
    {
    }

    /// <summary>The tensor that is only called otherwise; null where there is more to do.</summary>
    private static string? Same(TensorSource source) => source is { Names: [var only], Change: TensorChange.None, Parts: 1 } ? only : null;

    private WeightsEntry EntryOf(string name, TensorSource source)
    {
        var entries = source.Names.Select(_file.Entry).ToArray();
        var (type, shape) = (entries[0].DataType, entries[0].Shape);
        if (entries.Any(entry => entry.DataType != type || entry.Shape.Count == 0 || !entry.Shape.Skip(1).SequenceEqual(shape.Skip(1))) && entries.Length > 1)
            throw Unusable("stacked");
        if (entries.Length > 1)
            shape = [entries.Sum(entry => entry.Shape[0]), .. shape.Skip(1)];
        if (source.Parts > 1)
            shape = shape.Count > 0 && shape[0] % source.Parts == 0 ? [shape[0] / source.Parts, .. shape.Skip(1)] : throw Unusable($"cut in {source.Parts}");
        return new(name, type, source.Change switch
        {
            TensorChange.Transposed => shape is [var rows, var columns] ? [columns, rows] : throw Unusable("transposed"),
            TensorChange.Scalar when shape.All(size => size == 1) => [],
            _ => shape,
        });

        InvalidDataException Unusable(string what) =>
            new($"{FilePath}: {string.Join(", ", entries.Select(entry => $"'{entry.Name}' {entry.DataType} [{string.Join(", ", entry.Shape)}]"))} can't be {what} to '{name}'.");
    }
}
