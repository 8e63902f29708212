using System.Text.Json;
using SemPLeS.Cli;
using SemPLeS.Data;
using SemPLeS.PseudoMasks;
using Xunit;

namespace SemPLeS.Tests.Cli;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly string _predictions = Directory.CreateTempSubdirectory("predictions").FullName;
    private readonly string _truth = Directory.CreateTempSubdirectory("truth").FullName;

    public void Dispose()
    {
        Directory.Delete(_predictions, recursive: true);
        Directory.Delete(_truth, recursive: true);
    }

    [Fact]
    public void Scores_are_printed_and_recorded_in_percent()
    {
        // Background: 1 of 2 pixels in the union; class 1: 1 of 2; the last pixel does not count.
        Save(_truth, "a", 0, 1, 1, LabelMap.Ignore);
        Save(_predictions, "a", 0, 1, 0, 3);

        var run = ConsoleRun.Of("evaluate", "--predictions", _predictions, "--truth", _truth);

        Assert.Equal(SemplesConsole.Done, run.Status);
        Assert.Matches("mIoU +50\\.0", run.Output);
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(_predictions, "evaluation.json")));
        var result = record.RootElement.GetProperty("results")[0];
        Assert.Equal(50, result.GetProperty("meanIou").GetDouble(), 1e-9);
        Assert.Equal(0, result.GetProperty("falsePositiveRate").GetDouble(), 1e-9);
        Assert.Equal(50, result.GetProperty("falseNegativeRate").GetDouble(), 1e-9);
        Assert.Equal(50, result.GetProperty("iou").GetProperty("aeroplane").GetDouble(), 1e-9);
        Assert.Equal(JsonValueKind.Null, result.GetProperty("iou").GetProperty("cat").ValueKind);
    }

    [Fact]
    public void Masks_scored_against_themselves_reach_100_on_photographs()
    {
        using var photographs = new PhotographFolder();

        var run = ConsoleRun.Of("evaluate", "--predictions", photographs.Masks, "--voc", photographs.Root, "--split", "train");

        Assert.Equal(SemplesConsole.Done, run.Status);
        Assert.Matches("mIoU +100\\.0", run.Output);
    }

    [Fact]
    public void A_missing_label_map_is_named()
    {
        Save(_truth, "a", 0, 1, 1, 0);
        Save(_truth, "b", 0, 1, 1, 0);
        Save(_predictions, "a", 0, 1, 1, 0);

        AssertNames("b.png");
    }

    [Fact]
    public void A_label_map_of_another_size_is_named()
    {
        Save(_truth, "a", 0, 1, 1, 0);
        LabelFile.SavePng(new LabelMap(1, 4, [0, 1, 1, 0]), Path.Combine(_predictions, "a.png"));

        AssertNames("a.png");
    }

    [Fact]
    public void A_label_map_with_a_label_that_no_class_has_is_named()
    {
        Save(_truth, "a", 0, 1, 1, 0);
        Save(_predictions, "a", 0, 1, 21, 0);

        AssertNames("a.png");
    }

    [Fact]
    public void The_table_is_written_for_spreadsheets_too()
    {
        Save(_truth, "a", 0, 1, 1, LabelMap.Ignore);
        Save(_predictions, "a", 0, 1, 0, 3);

        ConsoleRun.Of("evaluate", "--predictions", _predictions, "--truth", _truth);

        var lines = File.ReadAllLines(Path.Combine(_predictions, "evaluation.csv"));
        Assert.Equal(["class,iou", "background,50.0000", "aeroplane,50.0000", "bicycle,"], lines[..4]);
        Assert.Equal(["mIoU,50.0000", "false positives,0.0000", "false negatives,50.0000"], lines[^3..]);
    }

    [Fact]
    public void Cams_are_scored_at_the_best_threshold()
    {
        Save(_truth, "a", 0, 1, 1, 0);
        CamFile.Save(new ClassActivationMaps(2, 2, [0], [.29f, .5f, .9f, .1f]), Path.Combine(_predictions, "a.npy"));

        var run = ConsoleRun.Of("evaluate", "--predictions", _predictions, "--truth", _truth);

        Assert.True(run.Status == SemplesConsole.Done, run.Error);
        Assert.Matches("mIoU +100\\.0", run.Output);
        Assert.Contains("threshold 0.29", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 2, 0)]
    [InlineData(2, 2, 20)]
    public void Cams_of_another_size_or_class_are_named(int width, int height, int @class)
    {
        Save(_truth, "a", 0, 1, 1, 0);
        CamFile.Save(new ClassActivationMaps(width, height, [@class], new float[width * height]), Path.Combine(_predictions, "a.npy"));

        AssertNames("a.npy");
    }

    [Fact]
    public void A_folder_without_masks_is_an_error() => AssertNames(_truth);

    private static void Save(string folder, string id, params byte[] labels) => LabelFile.SavePng(new LabelMap(2, 2, labels), Path.Combine(folder, id + ".png"));

    private void AssertNames(string what)
    {
        var run = ConsoleRun.Of("evaluate", "--predictions", _predictions, "--truth", _truth);

        Assert.Equal(SemplesConsole.Failed, run.Status);
        Assert.True(run.HasOneErrorLine, run.Error);
        Assert.Contains(what, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_predictions, "evaluation.json")));
    }
}
