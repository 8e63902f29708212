using System.Text;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Weights;

/// <summary>Writes archives that are laid out as torch.jit.save lays them out: modules as objects in a pickle, storages stored at multiples of 64 bytes, code.</summary>
internal static class ScriptArchive
{
    private const int Alignment = 64;

    /// <summary>Writes tensors in a storage each, in the modules that their names tell.</summary>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Value)> tensors, ScalarType type)
    {
        using var stream = File.Create(path);
        var (directory, count) = (new MemoryStream(), 0);
        var pickle = new PickleBytes();
        Module(pickle, tensors.Select((named, i) => (named.Name.Split('.'), i)).ToArray(), 0, tensors, type);
        Entry("model/data.pkl", pickle.End());
        Entry("model/code/__torch__.py", "raise SystemExit('this is never run')\n"u8.ToArray());
        Entry("model/constants.pkl", [0x80, 2, (byte)')', (byte)'.']);
        for (var i = 0; i < tensors.Count; i++)
        {
            using var value = tensors[i].Value.detach().to(type).contiguous();
            Entry($"model/data/{i}", value.bytes);
        }

        Entry("model/version", "3\n"u8);
        var start = stream.Position;
        directory.WriteTo(stream);
        stream.Write([.. "PK\x05\x06"u8, 0, 0, 0, 0, .. Two(count), .. Two(count), .. PickleBytes.Four(directory.Length), .. PickleBytes.Four(start), 0, 0]);

        void Entry(string name, ReadOnlySpan<byte> content)
        {
            var text = Encoding.UTF8.GetBytes(name);
            var offset = stream.Position;
            var padding = (int)((Alignment - (offset + 30 + text.Length + 4) % Alignment) % Alignment);
            byte[] common = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. PickleBytes.Four(content.Length), .. PickleBytes.Four(content.Length), .. Two(text.Length)];
            stream.Write([.. "PK\x03\x04"u8, 20, 0, .. common, .. Two(padding + 4), .. text, .. "FB"u8, .. Two(padding), .. new byte[padding]]);
            stream.Write(content);
            directory.Write([.. "PK\x01\x02"u8, 20, 0, 20, 0, .. common, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. PickleBytes.Four(offset), .. text]);
            count++;
        }
    }

    private static void Module(PickleBytes pickle, (string[] Path, int Index)[] members, int depth, IReadOnlyList<(string Name, Tensor Value)> tensors, ScalarType type)
    {
        pickle.Global("__torch__.clip", $"Module{depth}").Raw((byte)')', 0x81, (byte)'}', (byte)'(');
        foreach (var field in members.GroupBy(member => member.Path[depth]))
        {
            pickle.Text(field.Key);
            if (field.First() is var (path, index) && path.Length == depth + 1)
            {
                var value = tensors[index].Value;
                pickle.Tensor(index.ToString(System.Globalization.CultureInfo.InvariantCulture), value.NumberOfElements, 0, value.shape, Strides(value.shape), type == ScalarType.Float16 ? "HalfStorage" : "FloatStorage");
            }
            else
            {
                Module(pickle, [.. field], depth + 1, tensors, type);
            }
        }

        pickle.Raw((byte)'u', (byte)'b');
    }

    private static long[] Strides(long[] shape)
    {
        var strides = new long[shape.Length];
        var step = 1L;
        for (var dimension = shape.Length - 1; dimension >= 0; step *= shape[dimension--])
            strides[dimension] = step;
        return strides;
    }

    private static byte[] Two(int value) => [(byte)value, (byte)(value >> 8)];
}
