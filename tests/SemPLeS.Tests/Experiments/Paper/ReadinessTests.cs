using SemPLeS.Cli;
using SemPLeS.Data.Coco;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Readiness;
using SemPLeS.Tests.Cli;
using SemPLeS.Tests.Data.Coco;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Experiments.Paper;

public sealed class ReadinessTests : IDisposable
{
    private readonly SmallPaper _paper = new();

    public void Dispose() => _paper.Dispose();

    [Fact]
    public void Complete_data_are_good() => Assert.All(ReadinessChecks.OfData(_paper.Data), check => Assert.Equal((Readiness.Good, ""), (check.State, check.Advice)));

    [Fact]
    public void A_list_of_another_length_than_the_papers_is_doubtful()
    {
        _paper.List("train_aug", "photograph0", "photograph1");
        var check = Assert.Single(ReadinessChecks.OfData(_paper.Data), check => check.State != Readiness.Good);
        Assert.Equal(("train_aug", Readiness.Doubtful, "2 images", "the paper's list has 6"), (check.What, check.State, check.Found, check.Advice));
    }

    [Fact]
    public void A_picture_that_is_not_there_is_missing_and_named()
    {
        _paper.Delete("voc12/VOCdevkit/VOC2012/JPEGImages/photograph7.png");
        var check = Assert.Single(ReadinessChecks.OfData(_paper.Data), check => check.State == Readiness.Missing);
        Assert.Equal("val", check.What);
        Assert.Contains("photograph7", check.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Photographs_of_COCO_are_good_when_every_one_has_its_mask()
    {
        using var coco = new CocoFiles();
        Assert.Equal((Readiness.Missing, "dotnet run data-scripts/coco14.cs"), State("train2014"));
        _ = coco.WithPhotographs(1, 2, 3, 4);
        Assert.Equal((Readiness.Missing, "dotnet run data-scripts/coco14.cs"), State("train2014"));
        _ = CocoMasks.Write(coco.Root, "train2014");
        Assert.Equal((Readiness.Good, ""), State("train2014"));

        (Readiness, string) State(string what)
        {
            var data = new PaperData(PaperPreset.Coco14 with { Splits = new("train2014", 3, "train2014", 3, "train2014", 3) }, coco.DataFolder);
            var check = ReadinessChecks.OfData(data).Single(check => check.What == what);
            return (check.State, check.Advice);
        }
    }

    [Fact]
    public void Weights_of_another_network_are_missing_and_say_why()
    {
        File.Copy(_paper.Data.ClipPath, _paper.Data.TrunkPath, overwrite: true);
        var check = Assert.Single(ReadinessChecks.OfData(_paper.Data), check => check.State == Readiness.Missing);
        Assert.Equal(("DeiT", "dotnet run data-scripts/deit.cs"), (check.What, check.Advice));
    }

    [Fact]
    public void A_processor_is_good_for_drawings_and_doubtful_for_photographs()
    {
        var store = Path.Combine(_paper.Root, "not", "yet", "there");
        Assert.All(ReadinessChecks.OfMachine(CPU, store), check => Assert.Equal(Readiness.Good, check.State));
        Assert.Equal(Readiness.Doubtful, ReadinessChecks.OfMachine(CPU, store, PaperPreset.Voc12.Needs).Single(check => check.What == "device").State);
        var large = new PaperNeeds(0, 1_000_000, 1_000_000, 0, 0);
        Assert.Equal(2, ReadinessChecks.OfMachine(CPU, store, large).Count(check => check.State == Readiness.Doubtful));
    }

    [Fact]
    public void The_drivers_lines_are_read_and_others_left_out()
    {
        Assert.Equal([new Gpu("NVIDIA A100-SXM4-40GB", 40960, 40000), new Gpu("NVIDIA T4", 15360, 100)], Gpu.Parse("NVIDIA A100-SXM4-40GB, 40960, 40000\nNVIDIA T4, 15360, 100\n"));
        Assert.Empty(Gpu.Parse("No devices were found\n"));
        Assert.Empty(Gpu.Parse("NVIDIA GPU, [N/A], [N/A]\n"));
    }

    [Fact]
    public void The_doctor_lists_what_is_missing_with_the_commands_and_fails()
    {
        var run = ConsoleRun.Of("doctor", "--preset", "voc12", "--data", Path.Combine(_paper.Root, "nothing"));
        Assert.Equal(SemplesConsole.Failed, run.Status);
        Assert.True(run.HasOneErrorLine, run.Error);
        Assert.All(["data-scripts/voc12.cs", "data-scripts/clip.cs", "data-scripts/deit.cs"], script => Assert.Contains(script, run.Output, StringComparison.Ordinal));

        var mini = ConsoleRun.Of("doctor");
        Assert.Equal((SemplesConsole.Done, ""), (mini.Status, mini.Error));
        Assert.Contains("Nothing is missing.", mini.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preset_is_printed_with_every_constant()
    {
        var run = ConsoleRun.Of("preset", "voc12");
        Assert.Equal(SemplesConsole.Done, run.Status);
        Assert.All(PaperConstants.Of(PaperPreset.Voc12), constant => Assert.Contains(constant.Name, run.Output, StringComparison.Ordinal));
        Assert.Equal(SemplesConsole.WrongUsage, ConsoleRun.Of("preset", "mini").Status);
    }
}
