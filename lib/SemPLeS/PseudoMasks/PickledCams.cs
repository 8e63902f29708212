using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using SemPLeS.Weights;

namespace SemPLeS.PseudoMasks;

/// <summary>
/// CAMs as numpy.save writes a dictionary {class: float32 array}: an .npy header of an object array without dimensions, then a pickle of that
/// array (numpy's format 1.0, pickle's protocol 3, which every numpy reads).
/// </summary>
internal static partial class PickledCams
{
    private const string Magic = "\u0093NUMPY";
    private const int Alignment = 64;

    /// <summary>Writes the maps of one picture.</summary>
    public static void Write(Stream stream, ClassActivationMaps cams)
    {
        stream.Write(Header());
        using var pickle = new PickleWriter(stream);
        pickle.BeginArray();
        pickle.Tuple([]);
        pickle.DataType("O8", "|", flags: 63);
        pickle.BeginList();
        pickle.BeginDictionary();
        for (var i = 0; i < cams.Classes.Count; i++)
        {
            pickle.Number(cams.Classes[i]);
            pickle.BeginArray();
            pickle.Tuple([cams.Height, cams.Width]);
            pickle.DataType("f4", "<", flags: 0);
            pickle.Bytes(MemoryMarshal.AsBytes(cams.Map(i)));
            pickle.EndArray();
        }

        pickle.EndDictionary();
        pickle.EndList();
        pickle.EndArray();
        pickle.Stop();
    }

    /// <summary>Reads the maps: class, rows, columns, values.</summary>
    /// <exception cref="InvalidDataException">The file is truncated or holds something else; the message names the path.</exception>
    public static IReadOnlyList<(long Class, int Height, int Width, float[] Values)> Read(byte[] file, string path)
    {
        var start = CheckHeader(file, path);
        if (new NumpyPickleReader(new PickleInput(file, start, path), path).Read() is not PickledArray { Shape: [], Items: [OrderedDictionary<object, object?> dictionary] })
            throw new InvalidDataException($"{path} holds no dictionary of CAMs.");
        return [.. dictionary.Select(item => Map(item.Key, item.Value, path))];
    }

    private static (long Class, int Height, int Width, float[] Values) Map(object key, object? value, string path)
    {
        if (key is not long @class)
            throw new InvalidDataException($"{path}: the key {key} is no class index.");
        if (value is not PickledArray { Shape: [> 0 and <= int.MaxValue and var height, > 0 and <= int.MaxValue and var width], Data: { } data } array || array.Type.Code != "f4")
            throw new InvalidDataException($"{path}: the value of class {@class} is no float32 array of two dimensions.");
        if (data.Length != (Int128)height * width * sizeof(float))
            throw new InvalidDataException($"{path}: the map of class {@class} has {data.Length} bytes, which do not fill {height}x{width} values.");
        var values = new float[height * width];
        data.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        return (@class, (int)height, (int)width, values);
    }

    private static byte[] Header()
    {
        const string text = "{'descr': '|O', 'fortran_order': False, 'shape': (), }";
        var prefix = Magic.Length + 4;
        var length = (prefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment - prefix;
        var header = new byte[prefix + length];
        header.AsSpan().Fill((byte)' ');
        Encoding.Latin1.GetBytes(Magic, header);
        (header[6], header[7], header[^1]) = (1, 0, (byte)'\n');
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)length);
        Encoding.ASCII.GetBytes(text, header.AsSpan(prefix));
        return header;
    }

    /// <summary>Where the pickle begins.</summary>
    private static int CheckHeader(byte[] file, string path)
    {
        if (file.Length < 12 || !file.AsSpan().StartsWith(Encoding.Latin1.GetBytes(Magic)))
            throw new InvalidDataException($"{path} is not an .npy file.");
        var (prefix, length) = file[6] == 1
            ? (10, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8)))
            : (12, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(8)));
        if (length > file.Length - prefix)
            throw new InvalidDataException($"{path} is truncated within its header.");
        var text = Encoding.Latin1.GetString(file, prefix, (int)length);
        if (!ObjectArray().IsMatch(text))
            throw new InvalidDataException($"{path} holds no dictionary of CAMs, but an array: {text.Trim()}");
        return prefix + (int)length;
    }

    [GeneratedRegex(@"^\{(?=.*'descr': '\|O')(?=.*'shape': \(\)).*\}\s*$")]
    private static partial Regex ObjectArray();
}
