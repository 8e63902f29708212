using SemPLeS.Benchmarks;
using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Tests.Data;
using SemPLeS.Training;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Experiments.Paper;

public sealed class PhotographStageTests
{
    private const int Photographs = 12;
    private const int Batch = 4;

    /// <summary>What a CLIP of random weights teaches is noise, so only the mechanics are asked for.</summary>
    [SharedFact("voc")]
    [Trait(Speed.Name, Speed.Slow)]
    public void Stages_a_to_c_train_a_pretrained_ViT_on_photographs_beside_a_random_CLIP()
    {
        using var folder = new ImageFileFolder();
        var images = new RepeatedImages(VocDataset.Open(Path.Combine(TestFolders.Shared!, "voc"), "train"), Photographs);
        var phase1 = Path.Combine(folder.Root, "phase-1.safetensors");
        using (var trunk = WeightsFile.Open(Path.Combine(TestFolders.Shared!, "weights", "vit_tiny_patch16_224.safetensors")))
        using (var start = PhotographPreset.Phase1Start(images.ClassCount, trunk, seed: 0))
            start.Save(phase1);
        using var model = ClipStart.Random(new ClipSettings { VisionWidth = 64, VisionLayers = 2, VisionHeads = 2, TextWidth = 64, TextLayers = 2, TextHeads = 2, EmbeddingSize = 32 }, new RandomStream(1));
        using var clip = PaperPreset.Voc12.Labels(model, CPU);

        var stages = new SchemeTraining(Settings(), phase1, clip, PaperPreset.Template, images, CPU).Run(Path.Combine(folder.Root, "run"));

        Assert.Equal(["stage-a", "stage-b", "stage-c"], stages.Select(stage => stage.Name));
        Assert.All(stages, stage => Assert.All(Assert.Single(stage.Training.Epochs).Losses, loss => Assert.True(double.IsFinite(loss.Value), $"{stage.Name}: {loss}")));
        foreach (var path in new[] { stages[0].GeneratorPath!, stages[2].GeneratorPath! })
        {
            Assert.False(Equal(phase1, path, "head.weight"));
            Assert.True(Equal(phase1, path, "blocks.11.mlp.fc2.weight"));
            Assert.True(Equal(phase1, path, "cls_token"));
        }

        var cosines = new SchemeStages(Settings(), clip, PaperPreset.Template, images, CPU).Cosines(stages[1].PromptsPath!, stages[0].GeneratorPath!);
        Assert.InRange(cosines.ToLabel, -1, 1);
        Assert.InRange(cosines.ToBackground, -1, 1);
        using var generator = WeakTrGenerator.Load(stages[2].GeneratorPath!);
        var seeds = SeedEvaluation.Run(new CamExtractor(generator, PhotographPreset.Quick.Cams, CPU), images, PhotographPreset.Quick.Rule, workers: 2);
        Assert.InRange(seeds.Seeds.Scores.MeanIou, 0, 1);
    }

    private static SchemeSettings Settings()
    {
        var settings = (PaperStagePreset.Voc12 with { MatchingBatch = Batch, PromptBatch = Batch, RefinementBatch = Batch, Epochs = 1 }).Settings(Photographs);
        var (deit, crop) = (new DeiTAugmentation(224, ChannelStatistics.Half), new CropAugmentation(224, ChannelStatistics.Half));
        return settings with
        {
            Matching = settings.Matching with { Training = settings.Matching.Training with { Augmentation = deit } },
            Prompting = settings.Prompting with { Training = settings.Prompting.Training with { Augmentation = crop } },
            Refinement = settings.Refinement with { Training = settings.Refinement.Training with { Augmentation = deit } },
        };
    }

    private static bool Equal(string path, string other, string name)
    {
        using var scope = NewDisposeScope();
        using var one = WeightsFile.Open(path);
        using var two = WeightsFile.Open(other);
        return one.Read(name).eq(two.Read(name)).all().item<bool>();
    }
}
