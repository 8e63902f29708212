using System.Buffers.Binary;
using System.Numerics;

namespace SemPLeS.Weights;

/// <summary>
/// Reads pickles (protocols 2 to 5): a pickle is a program, and this machine knows of its instructions only those that build numbers, texts, bytes, lists,
/// tuples, dictionaries and sets. What a class or function that a pickle names stands for, a derived class decides from a list; it refuses all others.
/// </summary>
/// <param name="input">The bytes.</param>
/// <param name="path">The file's name, for messages.</param>
internal abstract class PickleReader(PickleInput input, string path)
{
    /// <summary>What every pickle of protocol 2 and later begins with.</summary>
    public const byte ProtocolOpcode = 0x80;

    // Some 20 objects make a tensor; a checkpoint of a hundred thousand tensors stays below.
    private const int ObjectLimit = 2_000_000;

    private static readonly object Mark = new();

    private readonly List<object?> _stack = [];
    private readonly List<object?> _memo = [];

    /// <summary>How many objects the pickle has built so far, or recalled.</summary>
    public int Objects { get; private set; }

    /// <summary>The file's name, for messages.</summary>
    protected string Path => path;

    /// <summary>Reads the pickle's object.</summary>
    /// <exception cref="InvalidDataException">The pickle is truncated or damaged, or asks for what is not on the list; the message names file and name.</exception>
    public object? Read()
    {
        while (true)
        {
            var at = input.Place;
            var code = input.Byte();
            try
            {
                if (code == '.')
                    return Pop();
                Execute(code, at);
            }
            catch (Exception exception) when (exception is InvalidCastException or ArgumentException or OverflowException)
            {
                throw new InvalidDataException($"{path} is damaged: the pickle makes no sense at byte {at}.", exception);
            }
        }
    }

    /// <summary>What a name stands for; an error where it is not on the list.</summary>
    protected abstract object Global(PickledName name);

    /// <summary>The object that a call of what a name stands for gives.</summary>
    protected abstract object? Call(object function, object?[] arguments);

    /// <summary>Sets up an object that was made before.</summary>
    protected abstract void SetState(object? target, object? state);

    /// <summary>An object that is kept outside the pickle.</summary>
    protected virtual object? Persistent(object? id) => throw Refused("an object that is kept elsewhere");

    /// <summary>The value as what it must be.</summary>
    protected static T As<T>(object? value) => value is T expected ? expected : throw new InvalidCastException();

    /// <summary>The error that a pickle asks for more than is read.</summary>
    protected InvalidDataException Refused(string what) => new($"{path} asks for {what}, which is not read.");

    private void Execute(byte code, long at)
    {
        switch (code)
        {
            case ProtocolOpcode: RequireProtocol(input.Byte()); break;
            case 0x95: input.Take(8); break;
            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'J': Push((long)(int)input.UInt32()); break;
            case (byte)'K': Push((long)input.Byte()); break;
            case (byte)'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(input.Take(2))); break;
            case 0x8A: Push(Integer(input.Take(input.Byte()))); break;
            case (byte)'G': Push(BinaryPrimitives.ReadDoubleBigEndian(input.Take(8))); break;
            case 0x8C or (byte)'U': Push(input.Text(input.Byte())); break;
            case (byte)'X' or (byte)'T': Push(input.Text(input.UInt32())); break;
            case 0x8D: Push(input.Text(input.UInt64())); break;
            case (byte)'C': Push(input.Take(input.Byte()).ToArray()); break;
            case (byte)'B': Push(input.Take(input.UInt32()).ToArray()); break;
            case 0x8E or 0x96: Push(input.Take(input.UInt64()).ToArray()); break;
            case (byte)'(': Push(Mark); break;
            case (byte)'0': Pop(); break;
            case (byte)'1': PopToMark(); break;
            case (byte)'2': Push(Top()); break;
            case (byte)')': Push(Array.Empty<object?>()); break;
            case (byte)'t': Push(PopToMark()); break;
            case 0x85: Push(Pop(1)); break;
            case 0x86: Push(Pop(2)); break;
            case 0x87: Push(Pop(3)); break;
            case (byte)']': Push(new List<object?>()); break;
            case (byte)'a': Append(Pop(1)); break;
            case (byte)'e': Append(PopToMark()); break;
            case (byte)'}': Push(new OrderedDictionary<object, object?>(PickledKeys.Comparer)); break;
            case (byte)'s': SetItems(Pop(2)); break;
            case (byte)'u': SetItems(PopToMark()); break;
            case 0x8F: Push(new HashSet<object>(PickledKeys.Comparer)); break;
            case 0x90: AddItems(PopToMark()); break;
            case 0x91: Push(PopToMark().Select(PickledKeys.Key).ToHashSet(PickledKeys.Comparer)); break;
            case (byte)'q': Remember(input.Byte()); break;
            case (byte)'r': Remember(input.UInt32()); break;
            case 0x94: Remember((uint)_memo.Count); break;
            case (byte)'h': Push(Recall(input.Byte())); break;
            case (byte)'j': Push(Recall(input.UInt32())); break;
            case (byte)'c': Push(Global(new(input.Line(), input.Line()))); break;
            case 0x93: PushNamed(Pop(2)); break;
            case (byte)'R' or 0x81: Call(Pop(2)); break;
            case (byte)'b': Build(); break;
            case (byte)'Q': Push(Persistent(Pop())); break;
            default: throw new InvalidDataException($"{path}: the pickle has the opcode 0x{code:X2} at byte {at}, which weights do not need and is not read.");
        }
    }

    /// <summary>An integer of any length; those that 64 bits hold are long.</summary>
    private static object Integer(ReadOnlySpan<byte> bytes)
    {
        var value = new BigInteger(bytes);
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    private void RequireProtocol(byte protocol)
    {
        if (protocol is < 2 or > 5)
            throw new InvalidDataException($"{path}: the pickle's protocol is {protocol}, not 2 to 5.");
    }

    private void PushNamed(object?[] names) => Push(Global(new(As<string>(names[0]), As<string>(names[1]))));

    private void Call(object?[] values) => Push(Call(As<object>(values[0]), As<object?[]>(values[1])));

    private void Build()
    {
        var state = Pop();
        SetState(Top(), state);
    }

    private void Append(object?[] values) => As<List<object?>>(Top()).AddRange(values);

    private void AddItems(object?[] values) => As<HashSet<object>>(Top()).UnionWith(values.Select(PickledKeys.Key));

    private void SetItems(object?[] values)
    {
        var dictionary = As<OrderedDictionary<object, object?>>(Top());
        if (values.Length % 2 != 0)
            throw new ArgumentException("A value is missing.", nameof(values));
        for (var i = 0; i < values.Length; i += 2)
            dictionary.Add(PickledKeys.Key(values[i]), values[i + 1]);
    }

    private void Remember(uint index)
    {
        // Writers number what they remember one after the other.
        if (index > _memo.Count)
            throw new ArgumentException("A number was left out.", nameof(index));
        if (index == _memo.Count)
            _memo.Add(null);
        _memo[(int)index] = Top();
    }

    private object? Recall(uint index) => index < _memo.Count ? _memo[(int)index] : throw new ArgumentException("Nothing is remembered.", nameof(index));

    private void Push(object? value)
    {
        if (++Objects > ObjectLimit)
            throw new InvalidDataException($"{path}: the pickle builds more than {ObjectLimit} objects.");
        _stack.Add(value);
    }

    private object? Top() => _stack[^1];

    private object? Pop()
    {
        var value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] Pop(int count)
    {
        var values = new object?[count];
        _stack.CopyTo(_stack.Count - count, values, 0, count);
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
}
