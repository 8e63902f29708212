using SemPLeS.Cli;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.Weights;
using Xunit;

namespace SemPLeS.Tests.Cli;

public sealed class BadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("console").FullName;

    private string Output => Path.Combine(_folder, "report");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("run --word 3", "--word")]
    [InlineData("run --world three", "three")]
    [InlineData("run --world -1", "--world is -1")]
    [InlineData("run --threads 0", "--threads is 0")]
    [InlineData("run --device gpu", "gpu")]
    [InlineData("run --epochs 3", "--epochs")]
    [InlineData("run --seeds 2 --world 1", "--seeds")]
    [InlineData("run --voc photographs", "--weights FILE")]
    [InlineData("run --voc photographs --weights w --world 1", "exclude")]
    [InlineData("run --preset voc-tiny", "--voc")]
    [InlineData("train", "--output")]
    [InlineData("seeds --weights w", "--voc")]
    [InlineData("seeds --weights w --world 0 --protocol B", "'B'")]
    [InlineData("masks --weights w --voc v", "--output")]
    [InlineData("masks --weights w --voc v --output o --crf none --cams npz", "'npz'")]
    [InlineData("retrain --world 0", "--output")]
    [InlineData("retrain --output o", "--voc")]
    [InlineData("retrain --output o --voc v --world 0", "--voc")]
    [InlineData("retrain --output o --voc v", "--weights FILE")]
    [InlineData("retrain --output o --world 0 --epochs 3", "--epochs goes with")]
    [InlineData("evaluate --predictions p", "--truth")]
    [InlineData("evaluate --predictions p --truth t --output scores.csv", "JSON")]
    [InlineData("archive --predictions p --voc v", "--output")]
    [InlineData("mini", "command")]
    [InlineData("improve", "improve")]
    public void Wrong_usage_is_said_with_status_2(string line, string what)
    {
        var run = ConsoleRun.Of(line.Split(' '));

        Assert.Equal(SemplesConsole.WrongUsage, run.Status);
        Assert.Contains(what, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_missing_folder_of_photographs_is_named()
    {
        var missing = Path.Combine(_folder, "photographs");

        var run = ConsoleRun.Of("run", "--voc", missing, "--weights", "w", "--output", Output);

        AssertFailed(run, missing);
    }

    [Fact]
    public void Missing_weights_are_named()
    {
        using var photographs = new PhotographFolder();
        var missing = Path.Combine(_folder, "vit.safetensors");

        var run = ConsoleRun.Of("run", "--voc", photographs.Root, "--weights", missing, "--output", Output);

        AssertFailed(run, missing);
    }

    [Fact]
    public void Weights_of_another_architecture_are_an_error_that_names_file_and_tensors_before_any_training()
    {
        using var photographs = new PhotographFolder();
        var weights = MiniPreset.PretrainedPath(0);

        var run = ConsoleRun.Of("run", "--voc", photographs.Root, "--weights", weights, "--output", Output);

        AssertFailed(run, weights);
        Assert.Contains("blocks.", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.checkpoint.*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("run --world 0")]
    [InlineData("train --world 0")]
    [InlineData("retrain --world 0")]
    [InlineData("mini pretrain-generator --world 0")]
    public void An_output_below_a_file_is_an_error_before_any_training(string line)
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "in the way");
        var output = Path.Combine(file, "below", "weights.safetensors");

        var run = ConsoleRun.Of([.. line.Split(' '), "--output", output]);

        AssertFailed(run, file);
        Assert.DoesNotContain("epoch", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_split_is_an_error_that_names_its_list()
    {
        using var photographs = new PhotographFolder();
        photographs.ListNothing("train");

        var run = ConsoleRun.Of("run", "--voc", photographs.Root, "--weights", "w", "--output", Output);

        AssertFailed(run, "train.txt");
    }

    [Fact]
    public void Photographs_smaller_than_a_patch_are_an_error_that_names_the_first()
    {
        using var photographs = new PhotographFolder(side: 15);

        var run = ConsoleRun.Of("train", "--voc", photographs.Root, "--weights", "w", "--output", Path.Combine(_folder, "weights.safetensors"));

        AssertFailed(run, "photograph00.png has 15x15 pixels");
    }

    [Fact]
    public void Photographs_without_label_are_counted()
    {
        using var photographs = new PhotographFolder(unlabelled: 3);

        var run = ConsoleRun.Of("run", "--voc", photographs.Root, "--weights", Path.Combine(_folder, "none"), "--output", Output);

        Assert.Contains("3 of the 19 photographs of train", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_world_without_pre_trained_generator_is_an_error_that_says_how_to_make_one()
    {
        var run = ConsoleRun.Of("run", "--world", "77", "--output", Output);

        AssertFailed(run, "semples mini pretrain-generator --world 77");
    }

    [Fact]
    public void Results_that_can_t_be_added_to_are_an_error_before_any_training()
    {
        Directory.CreateDirectory(Output);
        var results = Path.Combine(Output, "results.json");
        File.WriteAllText(results, "{}");

        var run = ConsoleRun.Of("run", "--output", Output);

        AssertFailed(run, results);
        Assert.Equal("{}", File.ReadAllText(results));
    }

    [Fact]
    public void A_GPU_that_is_not_there_is_an_error()
    {
        var run = ConsoleRun.Of("run", "--device", "cuda:200", "--output", Output);

        AssertFailed(run, "--device cuda:200");
    }

    [Fact]
    public void Seeds_of_weights_that_don_t_say_their_statistics_need_an_option()
    {
        // As a PyTorch program writes them: values and nothing else.
        var weights = Path.Combine(_folder, "bare.safetensors");
        using (var generator = GeneratorStart.Random(MiniPreset.Generator(classes: 6), new RandomStream(0)))
            StateDict.Save(generator, weights);

        var run = ConsoleRun.Of("seeds", "--weights", weights, "--world", "0");

        AssertFailed(run, "--statistics");
        Assert.Contains(weights, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_of_weights_of_other_classes_than_the_pictures_are_an_error()
    {
        var run = ConsoleRun.Of("seeds", "--weights", Generator(classes: 5), "--world", "0", "--statistics", "imagenet");

        AssertFailed(run, "5 classes, the pictures of 6");
    }

    [Fact]
    public void Masks_that_are_missing_or_of_another_size_are_named_before_any_training()
    {
        using var photographs = new PhotographFolder();
        var masks = Directory.CreateDirectory(Path.Combine(_folder, "masks")).FullName;
        ConsoleRun Retrain() => ConsoleRun.Of("retrain", "--voc", photographs.Root, "--weights", "w", "--masks", masks, "--output", Output);

        AssertFailed(Retrain(), Path.Combine(masks, "photograph00.png"));

        foreach (var mask in Directory.EnumerateFiles(photographs.Masks))
            File.Copy(mask, Path.Combine(masks, Path.GetFileName(mask)));
        LabelFile.SavePng(new LabelMap(16, 15, new byte[240]), Path.Combine(masks, "photograph03.png"));
        AssertFailed(Retrain(), Path.Combine(masks, "photograph03.png") + " has 16x15 pixels, its picture 16x16");
    }

    [Fact]
    public void Weights_of_another_architecture_can_t_start_a_Segmenter()
    {
        using var photographs = new PhotographFolder();
        var weights = MiniPreset.PretrainedPath(0);

        var run = ConsoleRun.Of("retrain", "--voc", photographs.Root, "--weights", weights, "--output", Output);

        AssertFailed(run, weights);
        Assert.Contains("can't start a Segmenter of width 192 and depth 12", run.Error, StringComparison.Ordinal);
    }

    private static void AssertFailed(ConsoleRun run, string what)
    {
        Assert.Contains(what, run.Error, StringComparison.Ordinal);
        Assert.Equal(SemplesConsole.Failed, run.Status);
        Assert.True(run.HasOneErrorLine, run.Error);
        Assert.Empty(run.Output);
    }

    private string Generator(int classes)
    {
        var path = Path.Combine(_folder, "generator.safetensors");
        using var generator = GeneratorStart.Random(MiniPreset.Generator(classes), new RandomStream(0));
        generator.Save(path);
        return path;
    }
}
