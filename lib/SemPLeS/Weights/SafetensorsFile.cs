using Microsoft.Win32.SafeHandles;
using SemPLeS.Data;
using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>A safetensors file. Format: https://github.com/huggingface/safetensors.</summary>
public sealed class SafetensorsFile : WeightsFile
{
    private readonly SafeFileHandle _file;
    private readonly Dictionary<string, SafetensorsEntry> _entries;

    private SafetensorsFile(string path, SafeFileHandle file, SafetensorsHeader header)
        : base(path)
    {
        _file = file;
        Metadata = header.Metadata;
        Names = [.. header.Entries.Select(entry => entry.Name)];
        _entries = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override WeightsFormat Format => WeightsFormat.Safetensors;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors' names, in the order of their bytes.</summary>
    public override IReadOnlyList<string> Names { get; }

    /// <summary>Opens a file and checks its header against its size.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be opened or read.</exception>
    /// <exception cref="InvalidDataException">
    /// The header is damaged: its length, JSON, names, element types, shapes or offsets. The message names file and tensor.
    /// </exception>
    public static new SafetensorsFile Open(string path) => FileBytes.Open(path, file => new SafetensorsFile(path, file, SafetensorsHeader.Read(file, path)));

    /// <summary>
    /// Writes a file beside the target and moves it there, so that no reader ever sees a part of it. Equal contents give equal bytes.
    /// </summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="tensors">Names and values, of any device and layout.</param>
    /// <param name="metadata">Free texts; null for none.</param>
    /// <param name="dtype">The type in which floating-point tensors are stored; null keeps each tensor's own.</param>
    /// <exception cref="ArgumentException">A name is empty, reserved or given twice, or a type has no place in the format.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(
        string path,
        IEnumerable<(string Name, Tensor Value)> tensors,
        IReadOnlyDictionary<string, string>? metadata = null,
        ScalarType? dtype = null) =>
        AtomicFile.Write(path, new SafetensorsWriter(tensors.Select(Described), metadata ?? new Dictionary<string, string>(), dtype).Write);

    /// <summary>Writes the tensors of another file, one in memory at a time, beside the target, and moves the result there. Equal contents give equal bytes.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="source">The other file.</param>
    /// <param name="metadata">Free texts; null for those of the other file.</param>
    /// <param name="dtype">The type in which floating-point tensors are stored; null keeps each tensor's own.</param>
    /// <exception cref="ArgumentException">A name is empty or reserved, or a type, such as a complex one, has no place in the format.</exception>
    /// <exception cref="InvalidDataException">The other file can't be read; the message names it.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, WeightsFile source, IReadOnlyDictionary<string, string>? metadata = null, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var tensors = source.Names.Select(name => (source.Entry(name), (Func<Tensor>)(() => source.Read(name))));
        AtomicFile.Write(path, new SafetensorsWriter(tensors, metadata ?? source.Metadata, dtype).Write);
    }

    /// <inheritdoc/>
    public override bool Contains(string name) => _entries.ContainsKey(name);

    /// <inheritdoc/>
    public override SafetensorsEntry Entry(string name) => _entries.TryGetValue(name, out var entry) ? entry : throw Missing(name);

    /// <inheritdoc/>
    public override Tensor Read(string name) => Place(name).Read(_file, FilePath);

    /// <inheritdoc/>
    internal override void ReadInto(string name, Tensor target) => Place(name).ReadInto(target, _file, FilePath);

    /// <inheritdoc/>
    public override void Dispose() => _file.Dispose();

    private TensorPlace Place(string name)
    {
        var entry = Entry(name);
        return new(entry.DataType, entry.Shape, null, entry.Offset);
    }

    // The alias is what the writer may have in its scope; the tensor itself stays the caller's.
    private static (WeightsEntry Entry, Func<Tensor> Read) Described((string Name, Tensor Value) named) =>
        (new(named.Name, named.Value.dtype, named.Value.shape), named.Value.alias);
}
