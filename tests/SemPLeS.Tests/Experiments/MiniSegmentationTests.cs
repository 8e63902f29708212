using SemPLeS.Experiments;
using SemPLeS.Tests.Data;
using Xunit;

namespace SemPLeS.Tests.Experiments;

public sealed class MiniSegmentationTests : IDisposable
{
    private readonly ImageFileFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_generator_s_masks_are_written_learned_and_scored_beside_the_upper_bound()
    {
        var generator = Path.Combine(_folder.Root, "generator.safetensors");
        using (var file = SemPLeS.Weights.SafetensorsFile.Open(MiniPreset.PretrainedPath(0)))
        using (var start = MiniPreset.Phase1Start(0, 0, file))
            start.Save(generator);
        var options = new ExperimentOptions { Folder = _folder.Root, Workers = 1 };

        var learned = MiniSegmentation.FromGenerator(0, 0, "stage-c", generator, .4, options, MiniSize.Smoke);
        var again = MiniSegmentation.FromGenerator(0, 0, "stage-c", generator, .4, options, MiniSize.Smoke);
        var supervised = MiniSegmentation.Supervised(0, 0, options, MiniSize.Smoke);

        Assert.Equal(["mask_crf_miou", "mask_retrained_miou", "val_retrained_miou", "retraining_seconds"], learned.Records().Select(record => record.Metric));
        Assert.Equal(["mask_retrained_miou", "val_retrained_miou", "retraining_seconds"], supervised.Records().Select(record => record.Metric));
        Assert.All(learned.Records(), record => Assert.Equal(("mini-smoke", "0", 0, "stage-c"), (record.Preset, record.World, record.Seed, record.Row)));
        Assert.All(learned.Records().Concat(supervised.Records()), record => Assert.True(record.Value > 0, record.Metric));
        Assert.Equal((MiniSize.Smoke.ScoredScenes, MiniSize.Smoke.ScoredScenes), (learned.Train.Images, learned.Validation.Images));
        var masks = Path.Combine(_folder.Root, "stage-c-masks", "masks");
        Assert.Equal(MiniSize.Smoke.StageScenes, Directory.EnumerateFiles(masks, "*.png").Count());
        Assert.Equal(LabelFolders.Score(masks, MiniRetrainingPreset.Images(0, MiniSize.Smoke with { StageScenes = MiniSize.Smoke.ScoredScenes })).Iou, learned.Masks!.Iou);
        // Nothing is trained a second time.
        Assert.Equal(learned.Retraining.Training.Steps, again.Retraining.Training.ResumedFrom);
        Assert.Equal(learned.Validation.Scores!.Iou, again.Validation.Scores!.Iou);
        Assert.NotEqual(learned.Validation.Scores!.MeanIou, supervised.Validation.Scores!.MeanIou);
    }
}
