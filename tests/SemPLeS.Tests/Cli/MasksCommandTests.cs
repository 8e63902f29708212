using System.Text.Json;
using SemPLeS.Cli;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Tests.MaskGenerator;
using SemPLeS.Tests.Weights;
using Xunit;

namespace SemPLeS.Tests.Cli;

public sealed class MasksCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PhotographFolder _photographs = new();

    private string Output => _folder.File("out");

    private string Masks => Path.Combine(Output, MaskFiles.MaskFolder);

    public void Dispose()
    {
        _photographs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Masks_and_cams_of_a_split_are_written_scored_and_recorded()
    {
        var run = Run("--cams", "npy");

        Assert.True(run.Status == SemplesConsole.Done, run.Error);
        Assert.Equal(PhotographFolder.Batch, Directory.GetFiles(Masks, "*.png").Length);
        Assert.Contains("16 masks written, 0 kept, 0 pictures skipped", run.Output, StringComparison.Ordinal);
        Assert.Contains("masks of train: 16/16", run.Error, StringComparison.Ordinal);
        Assert.Matches("mIoU +[0-9]", run.Output);
        var cams = CamFile.Load(Path.Combine(Output, MaskFiles.CamFolder, "photograph00.npy"), 16, 16, 20);
        Assert.Equal([7], cams.Classes);
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(Output, "masks.json")));
        var result = record.RootElement.GetProperty("results")[0];
        Assert.Equal("83", result.GetProperty("settings").GetProperty("Crf.BilateralSpread").GetString());
        Assert.True(result.GetProperty("scores").GetProperty("meanIou").GetDouble() >= 0);
    }

    [Fact]
    public void The_cams_that_were_written_score_as_seeds()
    {
        Assert.Equal(SemplesConsole.Done, Run("--cams", "npy", "--crf", "none").Status);
        var cams = Path.Combine(Output, MaskFiles.CamFolder);

        var ofMasks = ConsoleRun.Of("evaluate", "--predictions", Masks, "--voc", _photographs.Root, "--split", "train");
        var ofCams = ConsoleRun.Of("evaluate", "--predictions", cams, "--truth", _photographs.Masks, "--threshold", ".5");

        Assert.True(ofCams.Status == SemplesConsole.Done, ofCams.Error);
        Assert.Equal(File.ReadAllText(Path.Combine(Masks, "evaluation.csv")), File.ReadAllText(Path.Combine(cams, "evaluation.csv")));
        Assert.Contains("threshold 0.50", ofCams.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_goes_on_keeps_the_masks_that_are_there()
    {
        Run();
        var (kept, lost) = (Path.Combine(Masks, "photograph00.png"), Path.Combine(Masks, "photograph01.png"));
        var before = File.ReadAllBytes(lost);
        File.WriteAllText(kept, "kept as it is");
        File.Delete(lost);

        var outcome = Run("--cams", "none");

        Assert.Contains("1 masks written, 15 kept", outcome.Output + outcome.Error, StringComparison.Ordinal);
        Assert.Equal("kept as it is", File.ReadAllText(kept));
        Assert.Equal(before, File.ReadAllBytes(lost));
        Assert.Contains("16 masks written, 0 kept", Run("--fresh").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_made_otherwise_are_not_mixed_with_others()
    {
        Run();

        var run = Run("--crf", "coco");

        Assert.Equal(SemplesConsole.Failed, run.Status);
        Assert.Contains("settings.json", run.Error, StringComparison.Ordinal);
        Assert.Contains("Crf.BilateralSpread: 83, not 50", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_pictures_are_left_out_listed_and_end_the_run_with_a_status()
    {
        var pictures = Path.Combine(_photographs.Root, "JPEGImages");
        var picture = Path.Combine(pictures, "photograph03.png");
        File.WriteAllBytes(picture, File.ReadAllBytes(picture)[..^20]);
        File.Delete(Path.Combine(pictures, "photograph04.png"));
        var mask = Path.Combine(_photographs.Masks, "photograph05.png");
        LabelFile.SavePng(new LabelMap(4, 4, new byte[16]), mask);
        var cam = Path.Combine(Output, MaskFiles.CamFolder, "photograph06.npy");
        CamFile.Save(new ClassActivationMaps(2, 2, [7], new float[4]), cam);
        var odd = Path.Combine(_photographs.Masks, "photograph07.png");
        File.WriteAllBytes(odd, ImageFile.EncodePng(new RgbImage(16, 16, [.. Enumerable.Repeat((byte)3, 768)])));

        var run = Run("--cams", "npy");

        Assert.Equal(SemplesConsole.Failed, run.Status);
        Assert.Contains("11 masks written, 0 kept, 5 pictures skipped", run.Output, StringComparison.Ordinal);
        Assert.All([picture, "photograph04.jpg", mask, cam, odd], path => Assert.Contains(path, run.Error, StringComparison.Ordinal));
        Assert.Contains("error: 5 pictures of train were skipped", run.Error, StringComparison.Ordinal);
        Assert.Equal(11, Directory.GetFiles(Masks, "*.png").Length);
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(Output, "masks.json")));
        Assert.Equal(5, record.RootElement.GetProperty("results")[0].GetProperty("skipped").GetArrayLength());
    }

    [Fact]
    public void A_picture_that_was_mended_is_done_by_the_same_command()
    {
        var picture = Path.Combine(_photographs.Root, "JPEGImages", "photograph03.png");
        var mask = Path.Combine(_photographs.Masks, "photograph05.png");
        var (wholePicture, wholeMask) = (File.ReadAllBytes(picture), File.ReadAllBytes(mask));
        File.WriteAllBytes(picture, wholePicture[..^20]);
        File.WriteAllBytes(mask, wholeMask[..^20]);
        Assert.Equal(SemplesConsole.Failed, Run().Status);
        File.WriteAllBytes(picture, wholePicture);
        File.WriteAllBytes(mask, wholeMask);

        var run = Run();

        Assert.True(run.Status == SemplesConsole.Done, run.Error);
        Assert.Contains("2 masks written, 14 kept", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rule_of_the_protocol_chooses_the_threshold_that_is_remembered()
    {
        var first = ConsoleRun.Of([.. Line, "--protocol", "Q"]);
        File.Delete(Path.Combine(Masks, "photograph02.png"));
        var second = ConsoleRun.Of([.. Line, "--protocol", "Q"]);

        Assert.True(first.Status == SemplesConsole.Done, first.Error);
        Assert.Contains("threshold of train: 16/16", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("threshold of train", second.Error, StringComparison.Ordinal);
        Assert.Contains("1 masks written, 15 kept", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_split_is_an_error_that_names_its_list()
    {
        _photographs.ListNothing("train");

        var run = Run();

        Assert.Equal(SemplesConsole.Failed, run.Status);
        Assert.True(run.HasOneErrorLine, run.Error);
        Assert.Contains("train.txt", run.Error, StringComparison.Ordinal);
    }

    private string[] Line => ["masks", "--weights", Weights(), "--voc", _photographs.Root, "--split", "train", "--output", Output, "--threads", "2"];

    private ConsoleRun Run(params string[] more) => ConsoleRun.Of([.. Line, "--protocol", "Q", "--threshold", ".5", .. more]);

    private string Weights()
    {
        var path = _folder.File("generator.safetensors");
        if (File.Exists(path))
            return path;
        using var generator = GeneratorStart.Random(Generators.Tiny with { Classes = VocClasses.Names.Count }, new RandomStream(0));
        generator.Save(path);
        return path;
    }
}
