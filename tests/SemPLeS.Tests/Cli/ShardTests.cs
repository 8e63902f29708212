using System.Text.Json;
using SemPLeS.Cli;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Segmentation;
using SemPLeS.Tests.MaskGenerator;
using SemPLeS.Tests.Weights;
using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>Seeds, masks and labels of a split in parts are those of the whole.</summary>
public sealed class ShardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PhotographFolder _photographs = new();
    private readonly string _generator;

    public ShardTests()
    {
        _generator = _folder.File("generator.safetensors");
        using var generator = GeneratorStart.Random(Generators.Tiny with { Classes = VocClasses.Names.Count }, new RandomStream(0));
        generator.Save(_generator);
    }

    public void Dispose()
    {
        _photographs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Seeds_in_parts_score_as_the_whole()
    {
        var (whole, parts) = (_folder.File("whole"), _folder.File("parts"));
        Done(Seeds(whole));
        Done(Seeds(parts, "--shard", "3/3"));
        var early = Seeds(parts, "--merge", "3");
        Assert.Equal(SemplesConsole.Failed, early.Status);
        Assert.Contains("Of 3 parts, 1, 2 are not counted yet", early.Error, StringComparison.Ordinal);
        Done(Seeds(parts, "--shard", "1/3"));
        Done(Seeds(parts, "--shard", "2/3"));
        Done(Seeds(parts, "--merge", "3"));
        Assert.Equal(Scores(Path.Combine(whole, "seeds.json")), Scores(Path.Combine(parts, "seeds.json")));

        ConsoleRun Seeds(string output, params string[] more) =>
            ConsoleRun.Of(["seeds", "--voc", _photographs.Root, "--weights", _generator, "--protocol", "Q", "--output", output, .. more]);
    }

    [Fact]
    public void Masks_in_parts_are_those_of_the_whole_and_the_same_command_without_a_part_scores_them()
    {
        var (whole, parts) = (_folder.File("whole"), _folder.File("parts"));
        Done(Masks(whole));
        for (var part = 1; part <= 3; part++)
            Done(Masks(parts, "--shard", $"{part}/3"));
        Assert.Equal(UndisturbedRun.Hashes(whole), UndisturbedRun.Hashes(parts));
        var merged = Masks(parts);
        Done(merged);
        Assert.Contains("0 masks written, 16 kept", merged.Output, StringComparison.Ordinal);
        Assert.Equal(Iou(whole), Iou(parts));

        ConsoleRun Masks(string output, params string[] more) =>
            ConsoleRun.Of(["masks", "--voc", _photographs.Root, "--weights", _generator, "--protocol", "Q", "--threshold", ".5", "--output", output, .. more]);

        static string Iou(string folder) => Result(Path.Combine(folder, "masks.json")).GetProperty("scores").GetProperty("iou").GetRawText();
    }

    [Fact]
    public void Labels_in_parts_are_those_of_the_whole()
    {
        var weights = _folder.File("segmenter.safetensors");
        using (var segmenter = SegmenterStart.Random(new SegmenterSettings { Labels = 21, ImageSize = 224, Width = 8, Depth = 1, Heads = 2, HiddenWidth = 8, DecoderDepth = 1 }, new RandomStream(0)))
            segmenter.Save(weights);
        _photographs.List("test", "photograph00", "photograph01", "photograph02");
        var (whole, parts) = (_folder.File("whole"), _folder.File("parts"));
        Done(Label(whole));
        Done(Label(parts, "--shard", "1/2"));
        Assert.Equal(2, Directory.GetFiles(parts, "*.png").Length);
        Done(Label(parts, "--shard", "2/2"));
        foreach (var path in Directory.GetFiles(whole, "*.png"))
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Path.Combine(parts, Path.GetFileName(path))));

        ConsoleRun Label(string output, params string[] more) => ConsoleRun.Of(["label", "--voc", _photographs.Root, "--weights", weights, "--output", output, .. more]);
    }

    [Fact]
    public void A_dry_run_prints_the_scripts_of_parts_and_merge_and_writes_nothing()
    {
        var output = _folder.File("parts");
        var run = ConsoleRun.Of("seeds", "--voc", _photographs.Root, "--weights", _generator, "--output", output, "--submit", "slurm", "--shards", "3", "--dry-run");
        Done(run);
        Assert.Contains("# level-1.sh: 3 parts", run.Output, StringComparison.Ordinal);
        Assert.Contains("#SBATCH --array=0-2", run.Output, StringComparison.Ordinal);
        Assert.Contains("# level-2.sh, after level-1.sh: their results together", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--shards", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--dry-run", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Theory]
    [InlineData(2, "goes with --submit", "seeds", "--output", "x", "--dry-run")]
    [InlineData(2, "not a part such as 1/8", "seeds", "--output", "x", "--shard", "9/8")]
    [InlineData(2, "need --output", "seeds", "--shard", "1/8")]
    [InlineData(2, "needs --output", "seeds", "--merge", "8")]
    [InlineData(2, "go together", "seeds", "--output", "x", "--shards", "8")]
    [InlineData(2, "go together", "masks", "--output", "x", "--submit", "slurm", "--threshold", ".5")]
    [InlineData(2, "does not go with", "seeds", "--output", "x", "--submit", "slurm", "--shards", "8", "--shard", "1/8")]
    [InlineData(2, "--threshold T, the same for all", "masks", "--output", "x", "--shard", "1/8")]
    [InlineData(1, "16 pictures can't be parted in 17", "masks", "--output", "x", "--shard", "1/17", "--threshold", ".5")]
    public void What_can_not_be_parted_is_refused(int status, string text, string command, params string[] more)
    {
        var run = ConsoleRun.Of([command, "--voc", _photographs.Root, "--weights", _generator, .. more.Select(word => word == "x" ? _folder.File("x") : word)]);
        Assert.Equal(status, run.Status);
        Assert.Contains(text, run.Error, StringComparison.Ordinal);
    }

    private static void Done(ConsoleRun run) => Assert.True(run.Status == SemplesConsole.Done, run.Error);

    /// <summary>All of a record of seeds but the seconds.</summary>
    private static string Scores(string path) => string.Join('\n', Result(path).EnumerateObject().Where(property => property.Name != "seconds").Select(property => property.ToString()));

    private static JsonElement Result(string path)
    {
        using var record = JsonDocument.Parse(File.ReadAllText(path));
        return record.RootElement.GetProperty("results")[0].Clone();
    }
}
