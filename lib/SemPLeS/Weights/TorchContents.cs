using System.Globalization;

namespace SemPLeS.Weights;

/// <summary>
/// The tensors of a PyTorch checkpoint under their names, and the plain values beside them. Names of nested containers are joined by dots. Where the
/// checkpoint keeps its weights under a customary name, beside an optimiser's state perhaps, only those are shown, without that name.
/// </summary>
internal sealed class TorchContents
{
    private const int DepthLimit = 64;
    private const int NameLimit = 1024;
    private const int ValueLimit = 256;

    // Tied weights are there twice, averaged ones too; containers that share far more of each other are an attack on memory.
    private const int SharingLimit = 16;

    // In the order of preference; a checkpoint that has several holds one model, and averages of it.
    private static readonly string[] Containers = ["state_dict", "model", "model_state", "model_state_dict"];

    private readonly string _path;
    private readonly Dictionary<string, TorchTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private long _visits;

    /// <summary>Names what the pickle built.</summary>
    /// <param name="root">Its object.</param>
    /// <param name="objects">How many objects it built.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <exception cref="InvalidDataException">It is nested too deeply or in itself, or holds no tensor.</exception>
    public TorchContents(object? root, int objects, string path)
    {
        (_path, _visits) = (path, (long)SharingLimit * objects);
        AddValues(root);
        Add("", Weights(root), 0);
        if (_tensors.Count == 0)
            throw new InvalidDataException($"{path} holds no tensor.");
    }

    /// <summary>The tensors, in the order of the file.</summary>
    public IReadOnlyDictionary<string, TorchTensor> Tensors => _tensors;

    /// <summary>Numbers and short texts beside them.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    private static object? Weights(object? root)
    {
        for (var depth = 0; depth < DepthLimit; depth++)
        {
            var fields = Fields(root);
            if (Containers.FirstOrDefault(name => fields is not null && fields.TryGetValue(name, out var held) && Fields(held) is { Count: > 0 }) is not { } container)
                break;
            root = fields![container];
        }

        return root;
    }

    private static OrderedDictionary<object, object?>? Fields(object? value) =>
        value as OrderedDictionary<object, object?> ?? (value as PickledShell)?.State as OrderedDictionary<object, object?>;

    private void AddValues(object? root)
    {
        if (root is not OrderedDictionary<object, object?> fields)
            return;
        foreach (var (key, value) in fields)
        {
            if (key is string name && value is long or double or bool or string { Length: <= ValueLimit })
                _values[name] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        }
    }

    private void Add(string name, object? value, int depth)
    {
        // What is shared is visited once for each of its names, so nested sharing could go on forever.
        if (depth > DepthLimit || name.Length > NameLimit || --_visits < 0)
            throw new InvalidDataException($"{_path}: its containers are nested too deeply, or in themselves, or shared too often, or have too long names, at '{Shortened(name)}'.");
        switch (value)
        {
            case TorchTensor tensor:
                if (!_tensors.TryAdd(name, tensor))
                    throw new InvalidDataException($"{_path} holds two tensors '{name}'.");
                break;
            case OrderedDictionary<object, object?> fields:
                foreach (var (key, held) in fields)
                    Add(Joined(name, Convert.ToString(key, CultureInfo.InvariantCulture)!), held, depth + 1);
                break;
            case PickledShell shell:
                Add(name, shell.State, depth + 1);
                break;
            case List<object?> list:
                AddAll(name, list, depth);
                break;
            case object?[] tuple:
                AddAll(name, tuple, depth);
                break;
        }
    }

    private void AddAll(string name, IReadOnlyList<object?> items, int depth)
    {
        _visits -= items.Count;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is TorchTensor or OrderedDictionary<object, object?> or PickledShell or List<object?> or object?[])
                Add(Joined(name, i.ToString(CultureInfo.InvariantCulture)), items[i], depth + 1);
        }
    }

    private static string Joined(string name, string part) => name.Length == 0 ? part : $"{name}.{part}";

    private static string Shortened(string name) => name.Length <= ValueLimit ? name : name[..ValueLimit] + "...";
}
