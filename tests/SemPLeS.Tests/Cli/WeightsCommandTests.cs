using SemPLeS.Cli;
using SemPLeS.Tests.Clip;
using SemPLeS.Tests.Weights;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Cli;

public sealed class WeightsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checkpoint_is_listed_with_shapes_types_totals_and_values()
    {
        var run = ConsoleRun.Of("weights", "inspect", TorchFixtures.Path("checkpoint-zip.pth"));

        Assert.Equal(SemplesConsole.Done, run.Status);
        Assert.Matches(@"module\.blocks\.1\.linear\.weight +\[2, 3\] +float32", run.Output);
        Assert.Matches(@"module\.visual\.input_resolution +\[\] +int64", run.Output);
        Assert.Contains("epoch: 7", run.Output, StringComparison.Ordinal);
        Assert.Contains("in all: 10 tensors, 28 numbers, 0.0", run.Output, StringComparison.Ordinal);
        Assert.Contains("no network that this library knows", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_network_it_is_is_said_whosever_names_it_has()
    {
        using var clip = Clips.Frozen();
        clip.Save(_folder.File("clip.safetensors"));
        Assert.Equal(SemplesConsole.Done, ConsoleRun.Of("weights", "convert", _folder.File("clip.safetensors"), "--names", "huggingface", "--output", _folder.File("hf.safetensors")).Status);

        foreach (var file in new[] { "clip.safetensors", "hf.safetensors" })
            Assert.Contains("CLIP with a vision transformer: images of 16x16 pixels, patches of 8", ConsoleRun.Of("weights", "inspect", _folder.File(file)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_format_is_converted_to_the_same_tensors()
    {
        using var scope = NewDisposeScope();
        foreach (var name in new[] { "layouts-zip.pth", "layouts-legacy.pth", "script.pt", "script-half.pt" })
        {
            var output = _folder.File(name + ".safetensors");
            Assert.Equal(SemplesConsole.Done, ConsoleRun.Of("weights", "convert", TorchFixtures.Path(name), "--output", output).Status);
            using var source = WeightsFile.Open(TorchFixtures.Path(name));
            using var converted = SafetensorsFile.Open(output);
            Assert.Equal(source.Names.Order(), converted.Names.Order());
            Assert.All(source.Names, tensor => TorchFixtures.AssertHolds(converted, tensor, source.Read(tensor)));
        }
    }

    [Fact]
    public void Floating_point_numbers_are_stored_in_the_type_that_is_asked_for()
    {
        var output = _folder.File("half.safetensors");
        Assert.Equal(SemplesConsole.Done, ConsoleRun.Of("weights", "convert", TorchFixtures.Path("script.pt"), "--type", "float16", "--output", output).Status);
        using var converted = SafetensorsFile.Open(output);
        Assert.Equal((ScalarType.Float16, ScalarType.Int64), (converted.Entry("scale").DataType, converted.Entry("visual.input_resolution").DataType));
    }

    [Fact]
    public void What_safetensors_can_not_hold_and_hostile_files_are_errors_that_leave_no_file()
    {
        var output = _folder.File("output.safetensors");
        foreach (var (name, fault) in new[] { ("types-zip.pth", "ComplexFloat32"), ("module.pth", "__main__.Model"), ("quantised.pth", "quantised") })
        {
            var run = ConsoleRun.Of("weights", "convert", TorchFixtures.Path(name), "--output", output);
            Assert.Equal(SemplesConsole.Failed, run.Status);
            Assert.Contains(fault, run.Error, StringComparison.Ordinal);
            Assert.Empty(_folder.Files);
        }
    }

    [Fact]
    public void Names_of_the_file_can_not_command_the_terminal()
    {
        using var value = zeros([1]);
        SafetensorsFile.Write(_folder.File("escapes"), [("a\u001b[2Jb", value)], new Dictionary<string, string> { ["k\u0007"] = "v\u001b]0;x" });

        var output = ConsoleRun.Of("weights", "inspect", _folder.File("escapes")).Output;

        Assert.Contains("a?[2Jb", output, StringComparison.Ordinal);
        Assert.Contains("k?: v?]0;x", output, StringComparison.Ordinal);
    }
}
