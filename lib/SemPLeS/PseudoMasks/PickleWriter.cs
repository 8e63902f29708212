using System.Text;

namespace SemPLeS.PseudoMasks;

/// <summary>The opcodes, of pickle's protocol 3, that arrays in a dictionary take.</summary>
internal sealed class PickleWriter : IDisposable
{
    private readonly BinaryWriter _writer;

    public PickleWriter(Stream stream)
    {
        _writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        Write(0x80, 3);
    }

    /// <summary>An array that is made empty; its state follows: dimensions, type, elements.</summary>
    public void BeginArray()
    {
        Global("numpy.core.multiarray", "_reconstruct");
        Global("numpy", "ndarray");
        Tuple([0]);
        Write('C', 1, 'b', 0x87, 'R');
        Write('(');
        Number(1);
    }

    /// <summary>The end of an array's state.</summary>
    public void EndArray() => Write('t', 'b');

    /// <summary>A data type, and that the elements are in C's order.</summary>
    public void DataType(string code, string order, int flags)
    {
        Global("numpy", "dtype");
        Text(code);
        Write(0x89, 0x88, 0x87, 'R', '(');
        Number(3);
        Text(order);
        Write('N', 'N', 'N');
        Number(-1);
        Number(-1);
        Number(flags);
        Write('t', 'b', 0x89);
    }

    public void BeginList() => Write(']');

    public void EndList() => Write('a');

    public void BeginDictionary() => Write('}', '(');

    public void EndDictionary() => Write('u');

    public void Number(int value)
    {
        Write('J');
        _writer.Write(value);
    }

    /// <summary>A tuple of up to two numbers.</summary>
    public void Tuple(ReadOnlySpan<int> values)
    {
        foreach (var value in values)
            Number(value);
        Write(values.Length == 0 ? ')' : 0x84 + values.Length);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Write('B');
        _writer.Write((uint)bytes.Length);
        _writer.Write(bytes);
    }

    public void Stop() => Write('.');

    public void Dispose() => _writer.Dispose();

    private void Global(string module, string name) => _writer.Write(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));

    private void Text(string text)
    {
        Write('X');
        _writer.Write((uint)text.Length);
        _writer.Write(Encoding.ASCII.GetBytes(text));
    }

    private void Write(params ReadOnlySpan<int> codes)
    {
        foreach (var code in codes)
            _writer.Write((byte)code);
    }
}
