using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Weights;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Property(MaxTest = 30)]
    public void What_is_written_is_read_again(NonEmptyArray<float[]> arrays, NonNull<string> text)
    {
        using var scope = NewDisposeScope();
        var path = _folder.File("arrays.safetensors");
        var tensors = arrays.Get.Select((values, i) => ($"{text.Get}{i}", tensor(values, [values.Length]))).ToList();
        var metadata = new Dictionary<string, string> { ["text"] = WellFormed(text.Get) };
        tensors = [.. tensors.Select(named => (WellFormed(named.Item1), named.Item2))];

        SafetensorsFile.Write(path, tensors, metadata);

        using var file = SafetensorsFile.Open(path);
        Assert.Equal(metadata, file.Metadata);
        Assert.Equal(tensors.Select(named => named.Item1).Order(), file.Names.Order());
        foreach (var (name, value) in tensors)
        {
            var read = file.Read(name);
            Assert.Equal(value.shape, read.shape);
            Assert.Equal(value.bytes, read.bytes);
        }
    }

    [Theory]
    [InlineData(ScalarType.Float16, 1e-3)]
    [InlineData(ScalarType.BFloat16, 1e-2)]
    [InlineData(ScalarType.Float64, 0)]
    public void Floats_can_be_stored_in_another_type_and_read_as_float32(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        var path = _folder.File("converted.safetensors");
        var values = tensor([0f, 1, -2.5f, 1 / 3f, 1000.5f, 3e-3f], [2, 3]);
        var indices = tensor([1f, 7], [2]).to(ScalarType.Int64);
        SafetensorsFile.Write(path, [("values", values), ("indices", indices)], dtype: type);

        using var file = SafetensorsFile.Open(path);
        Assert.Equal(type, file.Read("values").dtype);
        Assert.Equal(ScalarType.Int64, file.Read("indices").dtype);
        var read = file.ReadFloat("values");
        Assert.Equal(ScalarType.Float32, read.dtype);
        for (var i = 0; i < 6; i++)
        {
            var (expected, found) = (values[i / 3, i % 3].item<float>(), read[i / 3, i % 3].item<float>());
            Assert.InRange(found, expected - Math.Abs(expected) * tolerance, expected + Math.Abs(expected) * tolerance);
        }
    }

    [Fact]
    public void Every_type_shape_and_layout_survives()
    {
        using var scope = NewDisposeScope();
        var path = _folder.File("types.safetensors");
        var numbers = tensor([1f, 0, 3, 4, 5, 6], [2, 3]);
        var tensors = Enum.GetValues<ScalarType>()
            .Where(type => type is not (ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64))
            .Select(type => (Name: type.ToString(), Value: numbers.to(type)))
            .Append(("scalar", numbers[1, 2]))
            .Append(("empty", zeros([0, 5])))
            .Append(("transposed", numbers.transpose(0, 1)))
            .ToList();
        SafetensorsFile.Write(path, tensors);

        using var file = SafetensorsFile.Open(path);
        foreach (var (name, value) in tensors)
        {
            var read = file.Read(name);
            Assert.Equal((value.dtype, value.shape.Length), (read.dtype, read.shape.Length));
            Assert.Equal(value.shape, read.shape);
            Assert.Equal(value.contiguous().bytes, read.bytes);
        }

        // What NumPy and Rust readers rely on: data at a multiple of 8, wider types first.
        var header = BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(path));
        Assert.Equal(0, header % 8);
        Assert.All(file.Names, name => Assert.Equal(0, file.Entry(name).Offset % Math.Max(1, file.Read(name).ElementSize)));
    }

    [Fact]
    public void Equal_contents_give_equal_bytes_in_whatever_order_they_come()
    {
        using var scope = NewDisposeScope();
        (string Name, Tensor Value)[] tensors = [("b", tensor([1f, 2], [2])), ("a", tensor([3f], [1])), ("c", tensor([4f], [1]).to(ScalarType.Int64))];
        SafetensorsFile.Write(_folder.File("one"), tensors, new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" });
        SafetensorsFile.Write(_folder.File("two"), tensors.Reverse(), new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });
        Assert.Equal(File.ReadAllBytes(_folder.File("one")), File.ReadAllBytes(_folder.File("two")));
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("__metadata__", "b")]
    [InlineData("", "b")]
    public void Names_that_the_format_forbids_are_refused_and_leave_no_file(string first, string second)
    {
        using var value = tensor([1f], [1]);
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(_folder.File("refused"), [(first, value), (second, value)]));
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "a")]
    [InlineData("""{"a":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}""", 8, "'a'", "F99")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "'a'", "[3]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "'a'", "[-2]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "'a'", "[8,0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 8, "'a'", "[4,12]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "'a'", "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'b'", "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "'b'", "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "4 bytes")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "'k'")]
    [InlineData("""{"a":""", 0, "JSON")]
    [InlineData("""["a"]""", 0, "'{'")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", 0, "JSON")]
    public void A_damaged_header_is_an_error_that_names_file_and_tensor(string json, int dataBytes, params string[] named)
    {
        var path = WriteRaw(Encoding.UTF8.GetBytes(json), json.Length, dataBytes);
        var message = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.All(named, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_header_longer_than_the_file_is_an_error(long length)
    {
        var path = WriteRaw("{}"u8.ToArray(), length, 0);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x80)]
    [InlineData(0x280)]
    [InlineData('P' + 'K' * 256)]
    public void A_header_whose_length_looks_like_another_format_is_still_one(int length)
    {
        var path = WriteRaw(Encoding.UTF8.GetBytes("{}".PadRight(length)), length, 0);
        using var file = WeightsFile.Open(path);
        Assert.Equal(WeightsFormat.Safetensors, file.Format);
    }

    [Fact]
    public void A_file_shorter_than_its_length_field_is_an_error()
    {
        File.WriteAllBytes(_folder.File("short"), [1, 2, 3]);
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(_folder.File("short")));
    }

    [Fact]
    public void A_file_that_shrinks_after_it_was_opened_is_an_error()
    {
        using var value = zeros([1000]);
        var path = _folder.File("shrinking");
        SafetensorsFile.Write(path, [("a", value)]);
        using var file = SafetensorsFile.Open(path);
        var bytes = File.ReadAllBytes(path)[..^2000];
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            stream.SetLength(bytes.Length);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => file.Read("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_not_there_is_an_error_that_names_file_and_tensor()
    {
        var path = _folder.File("empty");
        SafetensorsFile.Write(path, []);
        using var file = SafetensorsFile.Open(path);
        Assert.Equal($"{path} has no tensor 'a'.", Assert.Throws<InvalidDataException>(() => file.Read("a")).Message);
    }

    /// <summary>Lone surrogates can't be written as UTF-8.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private string WriteRaw(byte[] json, long length, int dataBytes)
    {
        var path = _folder.File("raw.safetensors");
        var bytes = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        json.CopyTo(bytes, 8);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
