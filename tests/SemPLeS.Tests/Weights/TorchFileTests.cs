using SemPLeS.Weights;
using Xunit;
using static SemPLeS.Tests.Weights.TorchFixtures;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Weights;

public sealed class TorchFileTests
{
    [Theory]
    [InlineData("types-zip.pth", WeightsFormat.TorchZip)]
    [InlineData("types-legacy.pth", WeightsFormat.TorchLegacy)]
    [InlineData("types-little-endian.pth", WeightsFormat.TorchZip)]
    [InlineData("types-big-endian.pth", WeightsFormat.TorchZip)]
    public void Every_type_is_read_exactly(string name, WeightsFormat format)
    {
        using var scope = NewDisposeScope();
        using var file = WeightsFile.Open(TorchFixtures.Path(name));
        Assert.Equal(format, file.Format);
        Assert.Equal(Types.Select(type => type.Name), file.Names);
        foreach (var (type, scalar) in Types)
            AssertHolds(file, type, Ramp(scalar, 2, 3));
        Assert.Equal(Ramp(2, 3).bytes, file.ReadFloat("float16").bytes);
        Assert.Equal(Ramp(2, 3).bytes, file.ReadFloat("bfloat16").bytes);
    }

    [Theory]
    [InlineData("layouts-zip.pth")]
    [InlineData("layouts-legacy.pth")]
    public void Tensors_that_share_a_storage_are_read_by_their_strides_and_offsets(string name)
    {
        using var scope = NewDisposeScope();
        using var file = WeightsFile.Open(TorchFixtures.Path(name));
        var matrix = Ramp(4, 6);
        var expected = new Dictionary<string, Tensor>
        {
            ["base"] = matrix,
            ["transposed"] = matrix.transpose(0, 1),
            ["row"] = matrix[2],
            ["column"] = matrix.narrow(1, 1, 1).squeeze(1),
            ["block"] = matrix.narrow(0, 1, 2).narrow(1, 2, 3),
            ["every_second"] = tensor([0f, 1.5f, 6, 7.5f], [2, 2]),
            ["scalar"] = matrix[3, 5],
            ["empty"] = zeros([0, 5]),
            ["parameter"] = Ramp(3),
            ["channels_last"] = Ramp(1, 2, 3, 2),
        };
        Assert.Equal(expected.Keys, file.Names);
        foreach (var (key, value) in expected)
            AssertHolds(file, key, value);
    }

    [Theory]
    [InlineData("checkpoint-zip.pth")]
    [InlineData("checkpoint-legacy.pth")]
    public void Of_a_training_checkpoint_the_model_is_shown_and_the_plain_values_beside_it(string name)
    {
        using var scope = NewDisposeScope();
        using var file = WeightsFile.Open(TorchFixtures.Path(name));
        Assert.Equal(
            ["module.scale", .. new[] { "visual", "blocks.0", "blocks.1" }.SelectMany(block => new[] { "input_resolution", "linear.weight", "linear.bias" }.Select(field => $"module.{block}.{field}"))],
            file.Names);
        Assert.Equal(new Dictionary<string, string> { ["epoch"] = "7", ["best"] = "51.5", ["name"] = "small" }, file.Metadata);
        AssertHolds(file, "module.blocks.1.linear.weight", Ramp(2, 3));
        AssertHolds(file, "module.visual.input_resolution", full([], 16, ScalarType.Int64));
    }

    [Theory]
    [InlineData("script.pt", ScalarType.Float32)]
    [InlineData("script-half.pt", ScalarType.Float16)]
    public void TorchScript_archives_are_read_without_their_code(string name, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var file = WeightsFile.Open(TorchFixtures.Path(name));
        Assert.Equal(WeightsFormat.TorchScript, file.Format);
        Assert.Equal(10, file.Names.Count);
        foreach (var block in new[] { "visual", "blocks.0", "blocks.1" })
        {
            AssertHolds(file, $"{block}.linear.weight", Ramp(type, 2, 3));
            AssertHolds(file, $"{block}.linear.bias", Ramp(type, 2));
            AssertHolds(file, $"{block}.input_resolution", full([], 16, ScalarType.Int64));
        }

        AssertHolds(file, "scale", full([], 4.5, type));
    }

    [Theory]
    [InlineData("quantised.pth", "quantised")]
    [InlineData("sparse.pth", "torch._utils._rebuild_sparse_tensor")]
    [InlineData("module.pth", "__main__.Model")]
    [InlineData("expanded.pth", "'seen'", "elements twice")]
    public void What_is_not_plain_weights_is_refused_by_name(string name, params string[] named)
    {
        var path = TorchFixtures.Path(name);
        var message = Assert.Throws<InvalidDataException>(() => WeightsFile.Open(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.All(named, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [PythonTorchFact]
    public void What_this_machines_pytorch_writes_is_what_the_committed_files_hold()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        PythonTorchFactAttribute.Make(folder.File(""));
        foreach (var name in folder.Files.Where(name => name.EndsWith("-zip.pth") || name.EndsWith("-legacy.pth") || name.EndsWith(".pt")))
        {
            using var committed = WeightsFile.Open(TorchFixtures.Path(name));
            using var made = WeightsFile.Open(folder.File(name));
            Assert.Equal(committed.Format, made.Format);
            Assert.Equal(committed.Metadata, made.Metadata);
            Assert.Equal(committed.Names, made.Names);
            Assert.All(committed.Names, tensor => AssertHolds(made, tensor, committed.Read(tensor)));
        }

        foreach (var name in new[] { "quantised.pth", "sparse.pth", "module.pth", "expanded.pth" })
            Assert.Throws<InvalidDataException>(() => WeightsFile.Open(folder.File(name)));
    }

    [Fact]
    public void A_name_that_is_not_there_is_an_error_that_names_file_and_tensor()
    {
        var path = TorchFixtures.Path("types-zip.pth");
        using var file = WeightsFile.Open(path);
        Assert.False(file.Contains("a"));
        Assert.Equal($"{path} has no tensor 'a'.", Assert.Throws<InvalidDataException>(() => file.Read("a")).Message);
    }
}
