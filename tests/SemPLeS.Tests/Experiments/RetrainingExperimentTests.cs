using SemPLeS.Experiments;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using SemPLeS.Tests.Data;
using SemPLeS.Tests.Segmentation;
using SemPLeS.Tests.Training;
using Xunit;

namespace SemPLeS.Tests.Experiments;

public sealed class RetrainingExperimentTests : IDisposable
{
    private readonly ImageFileFolder _folder = new();

    private static RetrainingPlan Plan { get; } = new()
    {
        Preset = "small",
        World = "squares",
        Seed = 0,
        Train = SmallRetraining.Images,
        Settings = SmallRetraining.Settings,
        Start = () => SmallRetraining.Segmenter(),
        Test = new PredictionSettings { Window = 16, Stride = 16, Mirror = true },
        Crf = DenseCrfSettings.Mini,
        Watched = new SquareImages(5, seed: 1),
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_best_look_is_kept_and_stays_the_best_after_an_interruption()
    {
        var looks = new List<(int Epoch, double Score)>();
        var undisturbed = RetrainingExperiment.Train(Plan, Options("one") with { Looked = (epoch, score) => looks.Add((epoch, score)) });
        using (var cancellation = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() =>
                RetrainingExperiment.Train(Plan, Options("two") with { Looked = (_, _) => cancellation.Cancel() }, cancellation.Token));
        }

        var resumed = RetrainingExperiment.Train(Plan, Options("two"));

        Assert.Equal([1, 2, 3], looks.Select(look => look.Epoch));
        Assert.Equal(looks.MaxBy(look => look.Score), (undisturbed.Best!.Epoch, undisturbed.Best.MeanIou));
        Assert.Equal(2, resumed.Training.ResumedFrom);
        Assert.Equal(undisturbed.Best with { WeightsPath = "" }, resumed.Best! with { WeightsPath = "" });
        Assert.Equal(File.ReadAllBytes(undisturbed.Best.WeightsPath), File.ReadAllBytes(resumed.Best!.WeightsPath));
        Assert.Equal(File.ReadAllBytes(undisturbed.WeightsPath), File.ReadAllBytes(resumed.WeightsPath));
        // The looks change nothing.
        var unwatched = RetrainingExperiment.Train(Plan with { Watched = null }, Options("three"));
        Assert.Null(unwatched.Best);
        Assert.Equal(File.ReadAllBytes(undisturbed.WeightsPath), File.ReadAllBytes(unwatched.WeightsPath));
    }

    [Fact]
    public void Pictures_are_labelled_written_and_scored_alike_by_any_number_of_workers()
    {
        var outcome = RetrainingExperiment.Train(Plan, Options("weights"));
        using var segmenter = Segmenter.Load(outcome.WeightsPath);
        var images = new SquareImages(7, seed: 2);
        var folder = Path.Combine(_folder.Root, "masks");
        var one = RetrainingExperiment.Label(segmenter, Plan.Test, Plan.Crf, "val", images, folder, Options("weights"));
        var three = RetrainingExperiment.Label(segmenter, Plan.Test, Plan.Crf, "val", images, null, Options("weights") with { Workers = 3 });

        Assert.Equal(one.Scores!.Iou, three.Scores!.Iou);
        Assert.Equal(one.Plain!.Iou, three.Plain!.Iou);
        Assert.Equal(one.Scores!.Iou, LabelFolders.Score(folder, images).Iou);
        Assert.Null(RetrainingExperiment.Label(segmenter, Plan.Test, null, "val", images, null, Options("weights")).Plain);
    }

    [Fact]
    public void The_published_presets_have_the_published_constants()
    {
        foreach (var preset in new[] { PaperRetrainingPreset.Voc12, PaperRetrainingPreset.Coco14 })
        {
            var settings = preset.Settings(10582);
            Assert.Equal((100, 4, 2645 * 100), (settings.Training.Epochs, settings.Training.BatchSize, ((SemPLeS.Training.LearningRatePolynomial)settings.Training.LearningRate).Steps));
            Assert.Equal((1e-4, .1, 1.2, 120), (settings.Training.LearningRate.At(0), settings.EncoderRate, settings.Loss.StartValue, settings.Loss.ClipPatch));
            Assert.Equal((480, 320, 6, true), (preset.Test.Window, preset.Test.Stride, preset.Test.Scales.Count, preset.Test.Mirror));
        }

        Assert.Equal((21, 0), (PaperRetrainingPreset.Voc12.Network.Labels, PaperRetrainingPreset.Voc12.Test.Hidden.Count));
        Assert.Equal((91, 10), (PaperRetrainingPreset.Coco14.Network.Labels, PaperRetrainingPreset.Coco14.Test.Hidden.Count));
        Assert.Throws<ArgumentException>(() => PaperRetrainingPreset.Voc12.Settings(3));
    }

    private ExperimentOptions Options(string folder) => new() { Folder = Path.Combine(_folder.Root, folder), Workers = 1 };
}
