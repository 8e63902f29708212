using Microsoft.Win32.SafeHandles;
using SemPLeS.Data;
using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>
/// A safetensors file, opened for reading: the header is read and checked once, then only the bytes of the tensors that are asked for. Several threads may read
/// at once. Format: https://github.com/huggingface/safetensors.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly Dictionary<string, SafetensorsEntry> _entries;

    private SafetensorsFile(string path, SafeFileHandle file, SafetensorsHeader header)
    {
        FilePath = path;
        _file = file;
        Metadata = header.Metadata;
        Names = [.. header.Entries.Select(entry => entry.Name)];
        _entries = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The file's path, as given.</summary>
    public string FilePath { get; }

    /// <summary>The file's free texts; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors' names, in the order of their bytes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens a file and checks its header against its size.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be opened or read.</exception>
    /// <exception cref="InvalidDataException">The header is damaged: its length, JSON, names, element types, shapes or offsets. The message names file and tensor.</exception>
    public static SafetensorsFile Open(string path)
    {
        var file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            return new(path, file, SafetensorsHeader.Read(file, path));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file beside the target and moves it there, so that no reader ever sees a part of it. Equal contents give equal bytes.</summary>
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
        AtomicFile.Write(path, new SafetensorsWriter(tensors, metadata ?? new Dictionary<string, string>(), dtype).Write);

    /// <summary>Whether the file holds a tensor of this name.</summary>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>What the header says of a tensor.</summary>
    /// <exception cref="InvalidDataException">The file has no such tensor; the message names file and tensor.</exception>
    public SafetensorsEntry Entry(string name) =>
        _entries.TryGetValue(name, out var entry) ? entry : throw new InvalidDataException($"{FilePath} has no tensor '{name}'.");

    /// <summary>Reads one tensor, as it is stored, to the CPU.</summary>
    /// <exception cref="InvalidDataException">The file has no such tensor, or has become shorter since it was opened.</exception>
    public Tensor Read(string name)
    {
        var entry = Entry(name);
        using var scope = NewDisposeScope();
        var tensor = empty([.. entry.Shape], dtype: entry.DataType);
        var offset = entry.Offset;
        TensorBytes.Visit(tensor, piece =>
        {
            SafetensorsHeader.Fill(_file, piece, offset, FilePath);
            offset += piece.Length;
        });
        return tensor.MoveToOuterDisposeScope();
    }

    /// <summary>Reads one tensor, converted to float32, to the CPU.</summary>
    /// <exception cref="InvalidDataException">The file has no such tensor, or has become shorter since it was opened.</exception>
    public Tensor ReadFloat(string name)
    {
        if (Entry(name).DataType == ScalarType.Float32)
            return Read(name);
        using var scope = NewDisposeScope();
        return Read(name).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Closes the file. Tensors that were read remain.</summary>
    public void Dispose() => _file.Dispose();
}
