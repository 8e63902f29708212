using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;
using SemPLeS.PseudoMasks;
using SemPLeS.Tests.Clip;
using SemPLeS.Tests.Weights;
using SemPLeS.TrainingFree;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.TrainingFree;

public sealed class ClipEsExtractorTests : IDisposable
{
    private static readonly ClipEsSettings Settings = new()
    {
        ClassTexts = ["a photo of boat.", "a photo of train.", "a photo of cow."],
        BackgroundTexts = ["a photo of water.", "a photo of sky."],
        AffinityBlocks = 2,
    };

    private readonly ClipModel _clip = Clips.Frozen();
    private readonly ClipEsExtractor _extractor;
    private readonly RgbImage _image = new(21, 14, [.. Enumerable.Range(0, 21 * 14 * 3).Select(i => (byte)(i * 37 % 251))]);

    public ClipEsExtractorTests() => _extractor = new ClipEsExtractor(_clip, MiniVocabulary.Tokenizer, Settings, CPU);

    public void Dispose()
    {
        _extractor.Dispose();
        _clip.Dispose();
    }

    [Fact]
    public void A_map_of_each_class_is_as_large_as_the_picture_whatever_its_size()
    {
        var cams = _extractor.Extract(_image, [2, 0]);
        Assert.Equal((21, 14, 2 * 21 * 14), (cams.Width, cams.Height, cams.Values.Length));
        Assert.Equal([2, 0], cams.Classes);
        Assert.All(cams.Values, value => Assert.InRange(value, 0, 1));
        Assert.Equal(cams.Values, _extractor.Extract(_image, [2, 0]).Values);
        Assert.Empty(_extractor.Extract(_image, []).Values);
        Assert.Contains("index 3", Assert.Throws<ArgumentException>(() => _extractor.Extract(_image, [3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_of_the_picture_compete_and_absent_ones_have_no_part()
    {
        var alone = _extractor.Extract(_image, [0]).Values;
        Assert.NotEqual(alone, _extractor.Extract(_image, [0, 2]).Values[..alone.Length]);
        using var fewer = new ClipEsExtractor(_clip, MiniVocabulary.Tokenizer, Settings with { ClassTexts = Settings.ClassTexts.Take(1).ToArray() }, CPU);
        Assert.Equal(alone, fewer.Extract(_image, [0]).Values);
        Assert.NotEqual(fewer.WeightsFingerprint, _extractor.WeightsFingerprint);
    }

    [Fact]
    public void Values_flow_from_the_boxes_along_the_affinity()
    {
        using var scope = NewDisposeScope();
        // A picture of whole patches, so that the map of patches is read in their middles where it is enlarged by an odd number; here by comparing the enlarged direct formula.
        var image = new RgbImage(16, 16, [.. Enumerable.Range(0, 16 * 16 * 3).Select(i => (byte)(i * 31 % 253))]);
        var pixels = new float[3 * 16 * 16];
        _clip.Settings.Statistics.Normalise(image, pixels);
        var texts = _clip.EncodeText(MiniVocabulary.Tokenizer, Settings.ClassTexts[1], Settings.BackgroundTexts[0], Settings.BackgroundTexts[1]);
        var cams = SoftmaxGradCam.Of(_clip, tensor(pixels, [1, 3, 16, 16]), texts, 1);
        var map = cams.Maps.contiguous().data<float>().ToArray();
        var affinity = AttentionAffinity.Of(cams.Attention, 2).data<float>().ToArray();
        var box = CamBoxes.Mask(map, 2, 2, .4);
        float[] refined = [.. Enumerable.Range(0, 4).Select(p => Enumerable.Range(0, 4).Sum(q => affinity[p * 4 + q] * box[q] * map[q]))];
        var (least, most) = (refined.Min(), refined.Max());
        var direct = tensor(refined.Select(value => (value - least) / (most - least + 1e-7f)).ToArray(), [1, 1, 2, 2]);
        var expected = nn.functional.interpolate(direct, [16, 16], mode: InterpolationMode.Bilinear, align_corners: false).data<float>().ToArray();

        Assert.All(expected.Zip(_extractor.Extract(image, [1]).Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void More_blocks_than_there_are_and_texts_of_unknown_words_are_errors()
    {
        Assert.Contains("3 blocks", Assert.Throws<ArgumentException>(() => new ClipEsExtractor(_clip, MiniVocabulary.Tokenizer, Settings with { AffinityBlocks = 3 }, CPU)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ClipEsExtractor(_clip, MiniVocabulary.Tokenizer, Settings with { BackgroundTexts = ["a photo of lava."] }, CPU));
    }

    [Property]
    public Property The_methods_own_rule_is_a_threshold_of_one_half() => Prop.ForAll(Gen.Choose(0, 1000).ArrayOf(8).ToArbitrary(), drawn =>
    {
        var cams = new ClassActivationMaps(4, 1, [0, 1], [.. drawn.Select(value => value / 1000f)]);
        var scores = cams.WithBackground(1);
        byte[] argmax = [.. Enumerable.Range(0, 4).Select(pixel => (byte)Enumerable.Range(0, 3).MaxBy(label => scores[label * 4 + pixel]))];
        var seeds = cams.ToSeedMap().At((float)ClipEsPlan.OwnThreshold).Labels;
        return Enumerable.Range(0, 4).All(pixel => argmax[pixel] == seeds[pixel] || drawn[pixel] == 500 || drawn[4 + pixel] == 500);
    });

    [Fact]
    public void Soft_masks_are_written_twice_with_and_without_what_the_CRF_is_not_sure_of()
    {
        using var folder = new TemporaryFolder();
        var images = new MiniWorldImages(0, MiniWorldSet.Train, 6);
        using var model = ClipModel.Load(MiniClipPreset.WeightsPath(0));
        using var extractor = new ClipEsExtractor(model, MiniVocabulary.Tokenizer, MiniRivalPreset.ClipEs(0, MiniSize.Smoke).Settings, CPU);
        var plan = new MaskPlan
        {
            Cams = extractor,
            Seeds = new PlannedScore("train", images, MiniPreset.Seeds with { Rule = new FixedThreshold(.5) }),
            Crf = DenseCrfSettings.Mini,
            Soft = new SoftMasks(LeastConfidence: .9),
        };
        var options = new ExperimentOptions { Folder = folder.File("soft"), Workers = 1 };

        Assert.Equal(6, MaskFiles.Write(plan, options).Written);

        var ignored = 0;
        for (var i = 0; i < images.Count; i++)
        {
            var (all, confident) = (Load(MaskFiles.MaskFolder, i), Load(MaskFiles.ConfidentFolder, i));
            Assert.All(all.Labels.Zip(confident.Labels), pair => Assert.True(pair.Second == pair.First || pair.Second == LabelMap.Ignore));
            Assert.DoesNotContain(LabelMap.Ignore, all.Labels);
            Assert.All(all.Labels.Distinct(), label => Assert.True(label == 0 || images.Labels(i).Contains(label - 1)));
            ignored += confident.Labels.Count(label => label == LabelMap.Ignore);
            var cams = extractor.Extract(images.Image(i), images.Labels(i));
            var marginals = new DenseCrf(DenseCrfSettings.Mini).Refine(images.Image(i), cams.WithBackground(1));
            Assert.Equal(confident.Labels.Count(label => label == LabelMap.Ignore), Enumerable.Range(0, all.Labels.Length).Count(pixel => Enumerable.Range(0, marginals.Labels).Max(label => marginals.Values[label * all.Labels.Length + pixel]) < .9f));
        }

        Assert.True(ignored > 0);
        Assert.Equal(6, MaskFiles.Write(plan, options).Kept);
        Assert.Throws<InvalidDataException>(() => MaskFiles.Write(plan with { Soft = null }, options));
        Assert.Throws<ArgumentException>(() => MaskFiles.Write(plan with { Crf = null }, options));

        LabelMap Load(string kind, int index) => LabelFile.Load(Path.Combine(options.Folder, kind, images.Id(index) + ".png"));
    }
}
