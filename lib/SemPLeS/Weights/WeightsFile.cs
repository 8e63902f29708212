using System.Text;
using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>
/// Named tensors in a file, opened for reading: what is in it is read and checked once, then only the bytes of the tensors that are asked for. Nothing in
/// a file is executed. Several threads may read at once.
/// </summary>
public abstract class WeightsFile : IDisposable
{
    private protected WeightsFile(string path) => FilePath = path;

    /// <summary>The file's path, as given.</summary>
    public string FilePath { get; }

    /// <summary>Which format the file has.</summary>
    public abstract WeightsFormat Format { get; }

    /// <summary>The file's free texts; empty where it has none. Those of a PyTorch checkpoint are the numbers and texts beside its weights.</summary>
    public abstract IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors' names.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Opens a safetensors file, a PyTorch checkpoint (.pth, .pt, .bin; of any age), or a TorchScript archive. Which it is, the content tells, not the name.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be opened or read.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, has none of these formats, or asks for more than tensors and plain values; the message names file and fault.
    /// </exception>
    public static WeightsFile Open(string path)
    {
        Span<byte> start = stackalloc byte[16];
        using (var file = File.OpenHandle(path))
            start = start[..RandomAccess.Read(file, start, 0)];
        // First, because the length that a safetensors file begins with may look like the beginning of any other.
        if (start.Length > SafetensorsHeader.PrefixLength && start[SafetensorsHeader.PrefixLength] == (byte)'{')
            return SafetensorsFile.Open(path);
        if (start.StartsWith("PK"u8))
            return TorchFile.OpenZip(path);
        if (start.StartsWith(TorchLegacyLayout.Magic))
            return TorchFile.OpenLegacy(path);
        if (start.StartsWith("version https://"u8))
            throw new InvalidDataException($"{path} is a pointer of Git LFS, not the weights themselves: fetch them with `git lfs pull`.");
        if (start.Length > 0 && start[0] == PickleReader.ProtocolOpcode)
            throw new InvalidDataException($"{path} is a pickle, but not one that torch.save wrote.");
        return start.Length > 0 && !start.ContainsAnyExceptInRange((byte)' ', (byte)'~')
            ? throw new InvalidDataException($"{path} is not a weights file: it begins with the text '{Encoding.ASCII.GetString(start)}'.")
            : SafetensorsFile.Open(path);
    }

    /// <summary>PyTorch's name of an element type, such as float32.</summary>
    /// <exception cref="ArgumentException">No weights file has elements of this type.</exception>
    public static string NameOf(ScalarType type) => TorchTypes.NameOf(type);

    /// <summary>Bytes of one element.</summary>
    /// <exception cref="ArgumentException">No weights file has elements of this type.</exception>
    public static int SizeOf(ScalarType type) => TorchTypes.SizeOf(type);

    /// <summary>Whether the file holds a tensor of this name.</summary>
    public abstract bool Contains(string name);

    /// <summary>Type and shape of a tensor.</summary>
    /// <exception cref="InvalidDataException">The file has no such tensor; the message names file and tensor.</exception>
    public abstract WeightsEntry Entry(string name);

    /// <summary>Reads one tensor, in the type in which it is stored, to the CPU; it is contiguous, and belongs to the caller's scope.</summary>
    /// <exception cref="InvalidDataException">The file has no such tensor, or has become shorter since it was opened.</exception>
    public abstract Tensor Read(string name);

    /// <summary>Reads one tensor into another of its shape, converted to that one's type.</summary>
    /// <exception cref="InvalidDataException">The file has no such tensor, or has become shorter since it was opened.</exception>
    internal virtual void ReadInto(string name, Tensor target)
    {
        using var scope = NewDisposeScope();
        target.copy_(Read(name));
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
    public abstract void Dispose();

    private protected InvalidDataException Missing(string name) => new($"{FilePath} has no tensor '{name}'.");
}
