using SemPLeS.Weights;

namespace SemPLeS.PseudoMasks;

/// <summary>Reads pickles of numpy arrays and plain values; every name that they ask for but numpy's array and data type is refused.</summary>
/// <param name="input">The bytes.</param>
/// <param name="path">The file's name, for messages.</param>
internal sealed class NumpyPickleReader(PickleInput input, string path) : PickleReader(input, path)
{
    private const string Reconstruct = "_reconstruct";
    private const string ArrayType = "ndarray";
    private const string DataType = "dtype";

    /// <inheritdoc/>
    protected override object Global(PickledName name) => name switch
    {
        ("numpy.core.multiarray" or "numpy._core.multiarray", Reconstruct) or ("numpy", ArrayType or DataType) => name,
        _ => throw new InvalidDataException($"{Path} asks for {name}. Only numpy's arrays are read: a pickle that asks for more could run any code."),
    };

    /// <inheritdoc/>
    protected override object Call(object function, object?[] arguments) => (As<PickledName>(function).Name, arguments) switch
    {
        (Reconstruct, [PickledName { Name: ArrayType }, ..]) => new PickledArray(),
        (DataType, [string code, ..]) => new PickledType(code),
        _ => throw new InvalidDataException($"{Path} calls {function} in a way that arrays do not need."),
    };

    /// <inheritdoc/>
    protected override void SetState(object? target, object? state)
    {
        switch (target, As<object?[]>(state))
        {
            case (PickledArray array, [long, object?[] shape, PickledType type, bool fortranOrder, var elements]):
                if (fortranOrder && shape.Length > 1)
                    throw new InvalidDataException($"{Path} holds an array in Fortran's order, which is not read.");
                (array.Shape, array.Type) = ([.. shape.Select(As<long>)], type);
                (array.Data, array.Items) = (elements as byte[], elements as List<object?>);
                break;
            case (PickledType { Code: var code }, [long, string order, ..]):
                if (order == ">")
                    throw new InvalidDataException($"{Path} holds big-endian values of type {code}, which are not read.");
                break;
            default:
                throw new InvalidDataException($"{Path} is damaged: the pickle sets up an object that is no array.");
        }
    }
}
