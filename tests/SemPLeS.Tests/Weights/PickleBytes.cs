using System.Buffers.Binary;
using System.Text;

namespace SemPLeS.Tests.Weights;

/// <summary>Builds pickles opcode by opcode, sound ones and others.</summary>
internal sealed class PickleBytes
{
    private readonly List<byte> _bytes = [0x80, 2];

    public PickleBytes Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleBytes Repeat(int count, params byte[] bytes)
    {
        for (var i = 0; i < count; i++)
            _bytes.AddRange(bytes);
        return this;
    }

    public PickleBytes Opcode(char code) => Raw((byte)code);

    public PickleBytes Global(string module, string name) => Raw([(byte)'c', .. Encoding.UTF8.GetBytes($"{module}\n{name}\n")]);

    public PickleBytes Text(string text) => Raw([(byte)'X', .. Four(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)]);

    public PickleBytes Number(long value) => Raw([0x8A, 8, .. Eight(value)]);

    public PickleBytes Tuple(params long[] values)
    {
        Opcode('(');
        foreach (var value in values)
            Number(value);
        return Opcode('t');
    }

    /// <summary>A reference to a storage.</summary>
    public PickleBytes Storage(string key, long count, string type = "FloatStorage", string location = "cpu") =>
        Opcode('(').Text("storage").Global("torch", type).Text(key).Text(location).Number(count).Raw((byte)'t', (byte)'Q');

    /// <summary>A tensor in a storage.</summary>
    public PickleBytes Tensor(string key, long count, long offset, long[] shape, long[] strides, string type = "FloatStorage") =>
        Global("torch._utils", "_rebuild_tensor_v2").Opcode('(').Storage(key, count, type).Number(offset).Tuple(shape).Tuple(strides)
            .Raw(0x89).Global("collections", "OrderedDict").Raw((byte)')', (byte)'R', (byte)'t', (byte)'R');

    /// <summary>The pickle, with its end.</summary>
    public byte[] End() => [.. _bytes, (byte)'.'];

    public static byte[] Four(long value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
        return bytes;
    }

    public static byte[] Eight(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
