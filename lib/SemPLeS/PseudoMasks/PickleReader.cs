using System.Buffers.Binary;
using System.Text;

namespace SemPLeS.PseudoMasks;

/// <summary>
/// Reads pickles of numpy arrays, numbers, texts, tuples, lists and dictionaries (protocols 2 to 5), and nothing else: a pickle is a program, and
/// every name that it asks for but numpy's array and data type is refused.
/// </summary>
/// <param name="file">The bytes.</param>
/// <param name="start">Where the pickle begins.</param>
/// <param name="path">The file's name, for messages.</param>
internal sealed class PickleReader(byte[] file, int start, string path)
{
    private const string Reconstruct = "_reconstruct";
    private const string ArrayType = "ndarray";
    private const string DataType = "dtype";

    private static readonly object Mark = new();

    private readonly List<object?> _stack = [];
    private readonly List<object?> _memo = [];
    private int _place = start;

    /// <summary>Reads the pickle's object.</summary>
    /// <exception cref="InvalidDataException">The pickle is truncated or damaged, or asks for more than arrays; the message names file and name.</exception>
    public object? Read()
    {
        while (true)
        {
            var at = _place;
            var code = Byte();
            try
            {
                if (code == '.')
                    return Pop();
                Execute(code);
            }
            catch (Exception exception) when (exception is InvalidCastException or ArgumentException or DecoderFallbackException or OverflowException)
            {
                throw new InvalidDataException($"{path} is damaged: the pickle makes no sense at byte {at}.", exception);
            }
        }
    }

    private void Execute(byte code)
    {
        switch (code)
        {
            case 0x80: RequireProtocol(Byte()); break;
            case 0x95: Take(8); break;
            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case (byte)'K': Push((long)Byte()); break;
            case (byte)'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case 0x8C: Push(Text(Byte())); break;
            case (byte)'X': Push(Text(Length4())); break;
            case (byte)'C': Push(Take(Byte()).ToArray()); break;
            case (byte)'B': Push(Take(Length4()).ToArray()); break;
            case 0x8E: Push(Take(Length8()).ToArray()); break;
            case (byte)'(': Push(Mark); break;
            case (byte)')': Push(Array.Empty<object?>()); break;
            case (byte)'t': Push(PopToMark()); break;
            case 0x85: Push(Pop(1)); break;
            case 0x86: Push(Pop(2)); break;
            case 0x87: Push(Pop(3)); break;
            case (byte)']': Push(new List<object?>()); break;
            case (byte)'a': Append(Pop(1)); break;
            case (byte)'e': Append(PopToMark()); break;
            case (byte)'}': Push(new Dictionary<object, object?>()); break;
            case (byte)'s': SetItems(Pop(2)); break;
            case (byte)'u': SetItems(PopToMark()); break;
            case (byte)'q': Remember(Byte()); break;
            case (byte)'r': Remember(Length4()); break;
            case 0x94: Remember(_memo.Count); break;
            case (byte)'h': Recall(Byte()); break;
            case (byte)'j': Recall(Length4()); break;
            case (byte)'c': Push(Global(Line(), Line())); break;
            case 0x93:
                var names = Pop(2);
                Push(Global(As<string>(names[0]), As<string>(names[1])));
                break;
            case (byte)'R': Reduce(); break;
            case (byte)'b': Build(); break;
            default: throw new InvalidDataException($"{path}: the pickle has the opcode 0x{code:X2} at byte {_place - 1}, which arrays do not need and is not read.");
        }
    }

    private PickledName Global(string module, string name) => (module, name) switch
    {
        ("numpy.core.multiarray" or "numpy._core.multiarray", Reconstruct) or ("numpy", ArrayType or DataType) => new(name),
        _ => throw new InvalidDataException($"{path} asks for {module}.{name}. Only numpy's arrays are read: a pickle that asks for more could run any code."),
    };

    private void Reduce()
    {
        var (arguments, function) = (As<object?[]>(Pop()), As<PickledName>(Pop()));
        Push((function.Name, arguments) switch
        {
            (Reconstruct, [PickledName { Name: ArrayType }, ..]) => new PickledArray(),
            (DataType, [string code, ..]) => new PickledType(code),
            _ => throw new InvalidDataException($"{path} calls {function.Name} in a way that arrays do not need."),
        });
    }

    private void Build()
    {
        var state = As<object?[]>(Pop());
        switch (Top(), state)
        {
            case (PickledArray array, [long, object?[] shape, PickledType type, bool fortranOrder, var elements]):
                if (fortranOrder && shape.Length > 1)
                    throw new InvalidDataException($"{path} holds an array in Fortran's order, which is not read.");
                (array.Shape, array.Type) = ([.. shape.Select(side => As<long>(side))], type);
                (array.Data, array.Items) = (elements as byte[], elements as List<object?>);
                break;
            case (PickledType { Code: var code }, [long, string order, ..]):
                if (order == ">")
                    throw new InvalidDataException($"{path} holds big-endian values of type {code}, which are not read.");
                break;
            default:
                throw new InvalidDataException($"{path} is damaged: the pickle sets up an object that is no array.");
        }
    }

    private void RequireProtocol(byte protocol)
    {
        if (protocol is < 2 or > 5)
            throw new InvalidDataException($"{path}: the pickle's protocol is {protocol}, not 2 to 5.");
    }

    private void Append(object?[] values) => As<List<object?>>(Top()).AddRange(values);

    private void SetItems(object?[] values)
    {
        var dictionary = As<Dictionary<object, object?>>(Top());
        if (values.Length % 2 != 0)
            throw new ArgumentException("A value is missing.", nameof(values));
        for (var i = 0; i < values.Length; i += 2)
            dictionary.Add(values[i]!, values[i + 1]);
    }

    private void Remember(int index)
    {
        // Writers number what they remember one after the other.
        if (index > _memo.Count)
            throw new ArgumentException("A number was left out.", nameof(index));
        if (index == _memo.Count)
            _memo.Add(null);
        _memo[index] = Top();
    }

    private void Recall(int index) => Push(_memo[index]);

    private static T As<T>(object? value) => value is T expected ? expected : throw new InvalidCastException();

    private void Push(object? value) => _stack.Add(value);

    private object? Top() => _stack[^1];

    private object? Pop() => Pop(1)[0];

    private object?[] Pop(int count)
    {
        object?[] values = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private object?[] PopToMark()
    {
        var mark = _stack.LastIndexOf(Mark);
        if (mark < 0)
            throw new ArgumentException("There is no mark.");
        var values = Pop(_stack.Count - mark - 1);
        Pop();
        return values;
    }

    private byte Byte() => Take(1)[0];

    private int Length4() => checked((int)BinaryPrimitives.ReadUInt32LittleEndian(Take(4)));

    private int Length8() => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(Take(8)));

    private string Text(int length) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Take(length));

    private string Line()
    {
        var end = file.AsSpan(_place).IndexOf((byte)'\n');
        if (end < 0)
            throw Truncated();
        var text = Text(end);
        _place++;
        return text;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > file.Length - _place)
            throw Truncated();
        var bytes = file.AsSpan(_place, count);
        _place += count;
        return bytes;
    }

    private InvalidDataException Truncated() => new($"{path} is truncated: its pickle goes on after {file.Length} bytes.");

    /// <summary>One of the names that may be asked for.</summary>
    private sealed record PickledName(string Name);
}
