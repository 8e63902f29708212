using SemPLeS.Cli;
using SemPLeS.Data;
using SemPLeS.Segmentation;
using SemPLeS.Tests.Data;
using Xunit;

namespace SemPLeS.Tests.Cli;

public sealed class LabelCommandTests : IDisposable
{
    private readonly VocFolder _voc = new();

    public void Dispose() => _voc.Dispose();

    [Fact]
    public void Photographs_of_which_nothing_is_known_are_labelled_and_packed_for_the_server()
    {
        _voc.WithImage("a", 20, 12).WithImage("b", 9, 16).WithList("test", "a", "b");
        var weights = Path.Combine(_voc.Root, "segmenter.safetensors");
        using (var segmenter = SegmenterStart.Random(new SegmenterSettings { Labels = 21, ImageSize = 224, Width = 8, Depth = 1, Heads = 2, HiddenWidth = 8, DecoderDepth = 1 }, new RandomStream(0)))
            segmenter.Save(weights);
        var output = Path.Combine(_voc.Root, "labels");

        var run = ConsoleRun.Of("label", "--weights", weights, "--voc", _voc.Root, "--output", output);
        Assert.True(run.Status == SemplesConsole.Done, run.Error);
        Assert.Contains("2 label maps", run.Output, StringComparison.Ordinal);
        var map = LabelFile.Load(Path.Combine(output, "b.png"));
        Assert.Equal((9, 16), (map.Width, map.Height));
        Assert.All(map.Labels, label => Assert.InRange(label, 0, 20));

        var archive = Path.Combine(_voc.Root, "results.tgz");
        Assert.Equal(SemplesConsole.Done, ConsoleRun.Of("archive", "--predictions", output, "--voc", _voc.Root, "--output", archive).Status);
        Assert.True(File.Exists(archive));
    }

    [Fact]
    public void A_split_that_is_not_there_is_one_error_line()
    {
        _voc.WithImage("a").WithList("test", "a");
        var run = ConsoleRun.Of("label", "--weights", Path.Combine(_voc.Root, "none"), "--voc", _voc.Root, "--split", "other", "--output", Path.Combine(_voc.Root, "labels"));
        Assert.Equal(SemplesConsole.Failed, run.Status);
        Assert.True(run.HasOneErrorLine, run.Error);
        Assert.Contains("other.txt", run.Error, StringComparison.Ordinal);
    }
}
