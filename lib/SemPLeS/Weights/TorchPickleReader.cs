using System.Buffers.Binary;
using System.Text;
using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>
/// Reads the pickles of PyTorch's checkpoints: tensors, as references to storages, and plain values. A few harmless classes become empty shells; every
/// other name is refused.
/// </summary>
/// <param name="input">The bytes.</param>
/// <param name="path">The file's name, for messages.</param>
internal sealed class TorchPickleReader(PickleInput input, string path) : PickleReader(input, path)
{
    private const string ScriptModules = "__torch__";

    // The names that stand for themselves: what they are good for, Call decides.
    private static readonly HashSet<PickledName> Functions =
    [
        new("collections", "OrderedDict"), new("collections", "defaultdict"), new("__builtin__", "set"), new("builtins", "set"), new("builtins", "dict"), new("__builtin__", "dict"),
        new("torch._utils", "_rebuild_tensor"), new("torch._utils", "_rebuild_tensor_v2"), new("torch._utils", "_rebuild_tensor_v3"),
        new("torch._utils", "_rebuild_parameter"), new("torch._utils", "_rebuild_parameter_with_state"), new("torch.nn.parameter", "Parameter"),
        new("torch", "Size"), new("torch", "device"), new("torch.serialization", "_get_layout"),
        new("torch.jit._pickle", "build_intlist"), new("torch.jit._pickle", "build_doublelist"), new("torch.jit._pickle", "build_boollist"),
        new("torch.jit._pickle", "build_tensorlist"), new("torch.jit._pickle", "restore_type_tag"),
        new("numpy", "dtype"), new("numpy.core.multiarray", "scalar"), new("numpy._core.multiarray", "scalar"), new("_codecs", "encode"),
    ];

    // Classes whose objects hold settings beside the weights.
    private static readonly HashSet<PickledName> Shells =
    [
        new("argparse", "Namespace"), new("types", "SimpleNamespace"), new("pathlib", "PosixPath"), new("pathlib", "WindowsPath"),
        new("pathlib._local", "PosixPath"), new("pathlib._local", "WindowsPath"),
    ];

    private readonly Dictionary<string, ScalarType> _storages = new(StringComparer.Ordinal);

    /// <summary>The storages that were named, and the types of their elements.</summary>
    public IReadOnlyDictionary<string, ScalarType> Storages => _storages;

    /// <inheritdoc/>
    protected override object Global(PickledName name)
    {
        if (Functions.Contains(name) || IsShell(name))
            return name;
        if (name.Module is "torch" or "torch.cuda" && TorchTypes.Find(name.Name) is { } type)
            return type;
        if (name.Module is "torch" or "torch.storage" && name.Name is "UntypedStorage")
            return ScalarType.Byte;
        if (name.Module.StartsWith("torch", StringComparison.Ordinal) && (name.Name.Contains("qtensor", StringComparison.Ordinal) || name.Name.StartsWith('Q') || name.Name.StartsWith("qint", StringComparison.Ordinal)))
            throw Refused($"{name}: quantised weights");
        throw new InvalidDataException($"{Path} asks for {name}. Only tensors and plain values are read: a pickle that asks for more could run any code.");
    }

    /// <inheritdoc/>
    protected override object? Call(object function, object?[] arguments) => (As<PickledName>(function), arguments) switch
    {
        (("collections", "OrderedDict") or (_, "dict"), []) => NewDictionary(),
        (("collections", "OrderedDict") or (_, "dict"), [List<object?> pairs]) => Filled(pairs),
        (("collections", "defaultdict"), _) => NewDictionary(),
        ((_, "set"), [List<object?> items]) => items.Select(PickledKeys.Key).ToHashSet(PickledKeys.Comparer),
        ((_, "_rebuild_tensor" or "_rebuild_tensor_v2"), [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]) =>
            new TorchTensor(storage, storage.Type, offset, Sizes(shape), Sizes(strides)),
        ((_, "_rebuild_tensor_v3"), [TorchStorage storage, long offset, object?[] shape, object?[] strides, _, _, ScalarType type, ..]) => Typed(storage, type, offset, shape, strides),
        ((_, "_rebuild_parameter" or "_rebuild_parameter_with_state" or "Parameter"), [TorchTensor data, ..]) => data,
        (("torch", "Size"), [object?[] sizes]) => sizes,
        (("torch", "device") or (_, "_get_layout"), _) => null,
        (("torch.jit._pickle", "restore_type_tag"), [var value, string]) => value,
        (("torch.jit._pickle", _), [List<object?> or object?[]]) => arguments[0],
        ((_, "dtype"), [string code, ..]) => new PickledNumber(code),
        ((_, "scalar"), [PickledNumber type, byte[] bytes]) => type.Value(bytes),
        (("_codecs", "encode"), [string text, "latin1" or "latin-1"]) => Encoding.Latin1.GetBytes(text),
        (var name, _) when IsShell(name) => new PickledShell(name),
        var (name, _) => throw new InvalidDataException($"{Path} calls {name} in a way that weights do not need."),
    };

    /// <inheritdoc/>
    protected override void SetState(object? target, object? state)
    {
        switch (target)
        {
            case PickledShell shell:
                shell.State = state;
                break;
            // Attributes of a dictionary, such as a state dict's versions, and of a number's type do not matter.
            case OrderedDictionary<object, object?> or PickledNumber or TorchTensor:
                break;
            default:
                throw new InvalidDataException($"{Path} is damaged: the pickle sets up an object that takes nothing.");
        }
    }

    /// <inheritdoc/>
    protected override object Persistent(object? id) => As<object?[]>(id) switch
    {
        ["storage", ScalarType type, string key, var location, long count] when count >= 0 => InMemory(new(key, type, count), location),
        ["storage", ScalarType type, string key, var location, long count, null] when count >= 0 => InMemory(new(key, type, count), location),
        // A view of another storage, as releases before 0.4 wrote.
        ["storage", ScalarType type, string key, var location, long whole, object?[] and [string, long offset, long count]]
            when offset >= 0 && count >= 0 && offset <= whole - count => InMemory(new(key, type, count, offset), location),
        _ => throw new InvalidDataException($"{Path} is damaged: the pickle refers to something that is no storage."),
    };

    private static bool IsShell(PickledName name) =>
        Shells.Contains(name) || name.Module == ScriptModules || name.Module.StartsWith(ScriptModules + ".", StringComparison.Ordinal);

    private static OrderedDictionary<object, object?> NewDictionary() => new(PickledKeys.Comparer);

    private static OrderedDictionary<object, object?> Filled(List<object?> pairs)
    {
        var dictionary = NewDictionary();
        foreach (var pair in pairs)
        {
            if ((pair as object?[] ?? (pair as List<object?>)?.ToArray()) is not [var key, var value])
                throw new InvalidCastException();
            dictionary.Add(PickledKeys.Key(key), value);
        }

        return dictionary;
    }

    private static long[] Sizes(object?[] values) => [.. values.Select(As<long>)];

    /// <summary>A tensor of a type of its own in a storage of bytes.</summary>
    private static TorchTensor Typed(TorchStorage storage, ScalarType type, long offset, object?[] shape, object?[] strides)
    {
        var size = TorchTypes.SizeOf(type);
        return new(storage with { Type = type, Count = storage.Count / size, ViewOffset = storage.ViewOffset / size }, type, offset, Sizes(shape), Sizes(strides));
    }

    private TorchStorage InMemory(TorchStorage storage, object? location)
    {
        if (location as string == "meta")
            throw Refused($"the storage '{storage.Key}' on the device meta, which holds no values");
        if (!_storages.TryAdd(storage.Key, storage.Type) && _storages[storage.Key] != storage.Type)
            throw new InvalidDataException($"{Path} is damaged: the storage '{storage.Key}' has two types.");
        return storage;
    }

    /// <summary>A numpy number's type.</summary>
    private sealed record PickledNumber(string Code)
    {
        public object? Value(byte[] bytes) => (Code, bytes.Length) switch
        {
            ("f8", 8) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            ("f4", 4) => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
            ("i8", 8) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            ("i4", 4) => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
            _ => null,
        };
    }
}
