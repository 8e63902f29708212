using FsCheck.Xunit;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Tests.Training;
using SemPLeS.Tests.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.PseudoMasks;

public sealed class SeedCountsTests : IDisposable
{
    private static readonly ThresholdRule Rule = new BestThreshold(.05, .95, .1);
    private static readonly Dictionary<string, string> Settings = new() { ["Weights"] = "abc" };

    private readonly TemporaryFolder _folder = new();
    private readonly WeakTrGenerator _world = GeneratorStart.Miniature(MiniPreset.Generator(), new RandomStream(0));
    private readonly WeakTrGenerator _squares = SmallTraining.Generator();

    public SeedCountsTests()
    {
        _world.eval();
        _squares.eval();
    }

    public void Dispose()
    {
        _world.Dispose();
        _squares.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(11)]
    public void The_parts_of_a_world_counted_apart_and_written_give_the_scores_of_the_whole(int parts)
    {
        var images = new MiniWorldImages(0, MiniWorldSet.Validation, 11);
        var extractor = new CamExtractor(_world, MiniPreset.Seeds.Cams, CPU);
        for (var part = 1; part <= parts; part++)
            SeedCounts.Of(extractor, new ImageShard(images, part, parts), Rule, workers: 2).Save(Part(part), Settings);

        var merged = SeedCounts.Load(Part(1), Settings, images, Rule);
        for (var part = 2; part <= parts; part++)
            merged.Merge(SeedCounts.Load(Part(part), Settings, images, Rule));

        var (whole, together) = (SeedEvaluation.Run(extractor, images, Rule), merged.Evaluate());
        Assert.Equal(whole.Seeds.Curve, together.Seeds.Curve);
        Assert.Equal(whole.Seeds.Scores.Iou, together.Seeds.Scores.Iou);
        Assert.Equal((whole.Seeds.Threshold, whole.FalseActivation, whole.Images), (together.Seeds.Threshold, together.FalseActivation, together.Images));
        Assert.NotNull(together.FalseActivation);
    }

    [Fact]
    public void Counts_of_other_settings_classes_or_rules_and_damaged_ones_are_refused_by_name()
    {
        var images = new SquareImages(3);
        SeedCounts.Of(new CamExtractor(_squares, new CamSettings(), CPU), images, Rule).Save(Part(1), Settings);
        Refused(new() { ["Weights"] = "other" }, Rule, "otherwise");
        Refused(Settings, new BestThreshold(.05, .95, .3), "other counts");
        File.WriteAllText(Part(1), "{}");
        Refused(Settings, Rule, "lacks settings or counts");
        File.WriteAllText(Part(1), "{");
        Refused(Settings, Rule, "does not hold counts");

        void Refused(Dictionary<string, string> settings, ThresholdRule rule, string text)
        {
            var error = Assert.Throws<InvalidDataException>(() => SeedCounts.Load(Part(1), settings, images, rule));
            Assert.Contains(Part(1), error.Message, StringComparison.Ordinal);
            Assert.Contains(text, error.Message, StringComparison.Ordinal);
        }
    }

    [Property]
    public void Parts_have_every_picture_once(byte pictures, byte wanted)
    {
        var images = new SquareImages(1 + pictures);
        var parts = 1 + (wanted % images.Count);
        var all = Enumerable.Range(1, parts).Select(part => new ImageShard(images, part, parts)).SelectMany(part => Enumerable.Range(0, part.Count).Select(part.Id)).ToArray();
        Assert.Equal(Enumerable.Range(0, images.Count).Select(images.Id).Order(StringComparer.Ordinal), all.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("3/8", 3, 8)]
    [InlineData("1/1", 1, 1)]
    public void A_part_is_read(string text, int part, int parts) => Assert.Equal((part, parts), ImageShard.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("-1/3")]
    [InlineData("1/3/5")]
    [InlineData("a/b")]
    public void What_is_no_part_is_not_read(string text) => Assert.Null(ImageShard.Parse(text));

    private string Part(int part) => _folder.File($"part-{part}.json");
}
