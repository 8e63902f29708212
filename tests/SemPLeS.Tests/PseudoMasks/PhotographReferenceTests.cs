using SemPLeS.Data;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Weights;
using TorchSharp;
using Xunit;

namespace SemPLeS.Tests.PseudoMasks;

/// <summary>The seeds of a mask generator that PyTorch trained on photographs, and PyTorch's own figures of them.</summary>
[Trait(Speed.Name, Speed.Slow)]
public sealed class PhotographReferenceTests
{
    private const string Reference = "photo-reference";
    private const string Weights = Reference + "/weaktr_vit_tiny_voc_subset.safetensors";

    private static readonly Dictionary<string, double> Accurate = new()
    {
        ["background"] = 68.0,
        ["bird"] = .4,
        ["boat"] = .0,
        ["bottle"] = 2.3,
        ["bus"] = 78.7,
        ["car"] = 32.2,
        ["cat"] = 52.0,
        ["chair"] = 23.0,
        ["cow"] = 36.9,
        ["diningtable"] = 21.2,
        ["dog"] = 43.6,
        ["horse"] = 49.6,
        ["person"] = 24.1,
        ["pottedplant"] = 6.5,
        ["sheep"] = 47.3,
        ["sofa"] = 45.3,
        ["tvmonitor"] = 46.3,
    };

    [SharedFact(Weights)]
    public void Seeds_of_squashed_photographs_score_as_in_PyTorch()
    {
        var seeds = Score(PhotographPreset.Quick);

        Assert.Equal(.35, seeds.Threshold, .005);
        Assert.Equal(32.57, seeds.MeanIou, .1);
    }

    [SharedFact(Weights)]
    public void Seeds_of_two_scales_and_mirror_images_score_as_in_PyTorch_class_by_class()
    {
        var seeds = Score(PhotographPreset.Accurate);

        Assert.Equal(.32, seeds.Threshold, .005);
        Assert.Equal(33.97, seeds.MeanIou, .1);
        Assert.Equal(Accurate.Keys, seeds.Iou.Keys);
        Assert.All(Accurate, item => Assert.Equal(item.Value, seeds.Iou[item.Key], 1.0));
    }

    [SharedFact(Reference + "/labels/seed")]
    public void Label_maps_agree_with_PyTorch_s_on_nearly_every_pixel() => AssertAgreement("seed", crf: null, .995);

    [SharedFact(Reference + "/labels/crf")]
    public void Masks_agree_with_the_reference_s_dense_CRF_on_nearly_every_pixel() => AssertAgreement("crf", new DenseCrf(DenseCrfSettings.VocLabels), .985);

    [SharedFact(Weights)]
    public void Masks_score_as_with_the_reference_s_dense_CRF()
    {
        var folder = Directory.CreateTempSubdirectory("masks").FullName;
        try
        {
            var photographs = Photographs();
            using var generator = Generator();
            var plan = new MaskPlan
            {
                Cams = new CamExtractor(generator, PhotographPreset.Accurate.Cams, torch.CPU),
                Seeds = new PlannedScore("train", photographs, PhotographPreset.Accurate with { Rule = new FixedThreshold(.32) }),
                Crf = DenseCrfSettings.VocLabels,
            };

            MaskFiles.Write(plan, new ExperimentOptions { Folder = folder });

            Assert.Equal(35.03, 100 * LabelFolders.Score(Path.Combine(folder, MaskFiles.MaskFolder), photographs).MeanIou, .3);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertAgreement(string kind, DenseCrf? crf, double least)
    {
        var photographs = Photographs();
        using var generator = Generator();
        var extractor = new CamExtractor(generator, PhotographPreset.Accurate.Cams, torch.CPU);
        var places = Enumerable.Range(0, photographs.Count).ToDictionary(photographs.Id);
        long equal = 0, pixels = 0;
        foreach (var path in Directory.EnumerateFiles(Shared($"{Reference}/labels/{kind}"), "*.png"))
        {
            var index = places[Path.GetFileNameWithoutExtension(path)];
            var (image, classes) = (photographs.Image(index), photographs.Labels(index));
            var expected = LabelFile.Load(path).Labels;
            var seeds = extractor.Extract(image, classes).ToSeedMap().At(.32f);
            var actual = (crf?.Refine(image, seeds, classes) ?? seeds).Labels;
            equal += expected.Zip(actual).LongCount(pair => pair.First == pair.Second);
            pixels += expected.Length;
        }

        Assert.True(equal >= least * pixels, $"{equal} of {pixels} pixels are equal.");
    }

    /// <summary>The file does not say that its input is normalised to -1..1.</summary>
    private static WeakTrGenerator Generator()
    {
        using var file = SafetensorsFile.Open(Shared(Weights));
        return WeakTrGenerator.Load(file, GeneratorSettings.Read(file) with { Statistics = ChannelStatistics.Half });
    }

    private static (double Threshold, double MeanIou, Dictionary<string, double> Iou) Score(SeedProtocol protocol)
    {
        var photographs = Photographs();
        using var generator = Generator();
        var options = new ExperimentOptions { Folder = "." };
        var score = ScoreRecord.Of(Phase1Experiment.Score(generator, new PlannedScore("train", photographs, protocol), options), photographs.ClassNames);
        var present = score.Iou.Where(item => item.Value is not null).ToDictionary(item => item.Key, item => item.Value!.Value);
        return (score.Threshold!.Value, score.MeanIou, present);
    }

    private static VocDataset Photographs() => VocDataset.Open(Shared("voc"), "train");

    private static string Shared(string path) => Path.Combine(TestFolders.Shared!, path);
}
