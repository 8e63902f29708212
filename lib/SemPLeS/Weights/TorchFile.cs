using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>A PyTorch checkpoint or TorchScript archive: what its pickle says of tensors is checked against the file, then their bytes are read in place.</summary>
internal sealed class TorchFile : WeightsFile
{
    private const string PickleName = "data.pkl";

    // Tied weights are there twice, averaged ones too; beyond that, names that share their elements are an attack on memory.
    private const int SharingLimit = 16;

    private readonly SafeFileHandle _file;
    private readonly TorchContents _contents;
    private readonly Dictionary<string, TensorPlace> _places = new(StringComparer.Ordinal);

    private TorchFile(
        string path, SafeFileHandle file, WeightsFormat format, TorchContents contents, Func<string, (long Start, long Length)?> find, bool bigEndian)
        : base(path)
    {
        (_file, Format, _contents) = (file, format, contents);
        Int128 total = 0;
        foreach (var (name, tensor) in _contents.Tensors)
        {
            var place = Place(name, tensor, find, bigEndian);
            total += place.BytesRead;
            if (total > (Int128)SharingLimit * RandomAccess.GetLength(file))
                throw new InvalidDataException($"{path}: its tensors reach over more than {SharingLimit} times the bytes of the file.");
            _places.Add(name, place);
        }

        Names = [.. _places.Keys];
    }

    /// <inheritdoc/>
    public override WeightsFormat Format { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Metadata => _contents.Values;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names { get; }

    /// <summary>Opens what torch.save has written since PyTorch 1.6, or a TorchScript archive.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or asks for more than weights; the message names file and fault.</exception>
    public static TorchFile OpenZip(string path) => FileBytes.Open(path, file =>
    {
        var archive = ZipDirectory.Read(file, path);
        if (archive.Names.Where(name => name.EndsWith("/" + PickleName, StringComparison.Ordinal) && name.AsSpan().Count('/') == 1).ToArray() is not [var pickle])
            throw new InvalidDataException($"{path} is a zip archive without PyTorch's {PickleName}, or with several.");
        var folder = pickle[..^PickleName.Length];
        var (start, length) = archive.Place(pickle);
        var reader = new TorchPickleReader(new PickleInput(file, start, start + length, path), path);
        var contents = new TorchContents(reader.Read(), reader.Objects, path);
        var format = archive.Contains(folder + "constants.pkl") ? WeightsFormat.TorchScript : WeightsFormat.TorchZip;
        return new TorchFile(path, file, format, contents, Find, IsBigEndian(archive, folder, file, path));

        (long Start, long Length)? Find(string key) => archive.Contains($"{folder}data/{key}") ? archive.Place($"{folder}data/{key}") : null;
    });

    /// <summary>Opens what torch.save wrote before PyTorch 1.6.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or asks for more than weights; the message names file and fault.</exception>
    public static TorchFile OpenLegacy(string path) => FileBytes.Open(path, file =>
    {
        var (contents, storages) = TorchLegacyLayout.Read(file, path);
        return new TorchFile(path, file, WeightsFormat.TorchLegacy, contents, key => storages.TryGetValue(key, out var place) ? place : null, bigEndian: false);
    });

    /// <inheritdoc/>
    public override bool Contains(string name) => _places.ContainsKey(name);

    /// <inheritdoc/>
    public override WeightsEntry Entry(string name)
    {
        var place = PlaceOf(name);
        return new(name, place.Type, place.Shape);
    }

    /// <inheritdoc/>
    public override Tensor Read(string name) => PlaceOf(name).Read(_file, FilePath);

    /// <inheritdoc/>
    internal override void ReadInto(string name, Tensor target) => PlaceOf(name).ReadInto(target, _file, FilePath);

    /// <inheritdoc/>
    public override void Dispose() => _file.Dispose();

    private static bool IsBigEndian(ZipDirectory archive, string folder, SafeFileHandle file, string path)
    {
        var name = folder + "byteorder";
        if (!archive.Contains(name))
            return false;
        var (start, length) = archive.Place(name);
        Span<byte> order = stackalloc byte[(int)Math.Min(length, 8)];
        FileBytes.Fill(file, order, start, path);
        return order.SequenceEqual("big"u8) || (order.SequenceEqual("little"u8) ? false : throw new InvalidDataException($"{path}: its byte order is neither little nor big."));
    }

    private TensorPlace PlaceOf(string name) => _places.TryGetValue(name, out var place) ? place : throw Missing(name);

    private TensorPlace Place(string name, TorchTensor tensor, Func<string, (long Start, long Length)?> find, bool bigEndian)
    {
        if (tensor.Fault() is { } fault)
            throw Invalid(fault);
        var (storage, size) = (tensor.Storage, TorchTypes.SizeOf(tensor.Type));
        var (start, length) = find(storage.Key) ?? throw Invalid($"the file has no storage '{storage.Key}'");
        if (storage.Count > length / size || storage.ViewOffset > length / size - storage.Count)
            throw Invalid($"its storage '{storage.Key}' has {length} bytes, too few for {storage.Count} elements of {size}");
        return new(tensor.Type, tensor.Shape, tensor.IsContiguous() ? null : tensor.Strides, start + (storage.ViewOffset + tensor.Offset) * size, bigEndian);

        InvalidDataException Invalid(string what) => new($"{FilePath}, tensor '{name}' of shape [{string.Join(", ", tensor.Shape)}] and strides [{string.Join(", ", tensor.Strides)}]: {what}.");
    }
}
