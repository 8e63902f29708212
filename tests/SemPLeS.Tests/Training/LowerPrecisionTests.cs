using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.Tests.Data;
using SemPLeS.Training;
using SemPLeS.Weights;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Training;

public sealed class LowerPrecisionTests : IDisposable
{
    private const int Steps = 20;
    private const int Batch = 8;

    private readonly ImageFileFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("stage-a")]
    [InlineData("stage-b")]
    [InlineData("stage-c")]
    [Trait(Speed.Name, Speed.Slow)]
    public void Losses_with_frozen_parts_in_bfloat16_follow_those_of_float32(string name)
    {
        var (whole, lower) = (Losses(name, ScalarType.Float32), Losses(name, ScalarType.BFloat16));
        Assert.Equal((Steps, Steps), (whole.Count, lower.Count));
        Assert.NotEqual(whole, lower);
        // Weights of 8 bits move the first loss by less than 1 %; then the trainings part, the more the smaller networks and batches are.
        Assert.InRange(lower[0] / whole[0], .99, 1.01);
        Assert.InRange(lower.Average() / whole.Average(), .97, 1.03);
    }

    [Fact]
    public void What_was_learned_is_stored_with_the_trunk_in_its_own_precision()
    {
        var path = Run(ScalarType.BFloat16, new List<TrainingProgress>()).Single(stage => stage.Name == "stage-c").GeneratorPath!;
        using var scope = NewDisposeScope();
        using var before = WeightsFile.Open(Path.Combine(_folder.Root, "phase-1.safetensors"));
        using var after = WeightsFile.Open(path);
        Assert.Equal(before.Names.Order(), after.Names.Order());
        Assert.All(after.Names, weight =>
        {
            Assert.Equal(ScalarType.Float32, after.Read(weight).dtype);
            var isLearned = weight.StartsWith("head.", StringComparison.Ordinal) || weight.StartsWith("adaptive", StringComparison.Ordinal);
            Assert.True(isLearned || before.Read(weight).eq(after.Read(weight)).all().item<bool>(), weight);
        });
        Assert.False(before.Read("head.weight").eq(after.Read("head.weight")).all().item<bool>());
    }

    [Fact]
    public void A_trunk_of_lower_precision_can_not_learn()
    {
        using var generator = SmallStages.Generator();
        generator.CastTrunk(ScalarType.BFloat16);
        generator.train();
        using var images = zeros([1, 3, 16, 16]);
        Assert.Throws<InvalidOperationException>(() => generator.Forward(images, GeneratorForm.Phase1));
        using var clip = ClipStart.Random(SmallStages.Clips, new RandomStream(0)).to(ScalarType.BFloat16);
        using var feature = clip.EncodeImage(images);
        Assert.Equal((ScalarType.BFloat16, ScalarType.Float32), (clip.Precision, feature.dtype));
    }

    private List<double> Losses(string name, ScalarType precision)
    {
        var reports = new List<TrainingProgress>();
        _ = Run(precision, reports);
        var losses = new List<double>();
        foreach (var report in reports.Where(report => report.Name == name))
            losses.Add(report.Losses.Values.Sum() * report.Step - losses.Sum());
        return losses;
    }

    private IReadOnlyList<SchemeStage> Run(ScalarType precision, List<TrainingProgress> reports)
    {
        var phase1 = Path.Combine(_folder.Root, "phase-1.safetensors");
        using (var pretrained = WeightsFile.Open(MiniPreset.PretrainedPath(0)))
        using (var generator = MiniPreset.Phase1Start(world: 0, seed: 0, pretrained))
            generator.Save(phase1);
        using var model = ClipModel.Load(MiniClipPreset.WeightsPath(0)).to(precision);
        using var clip = MiniStagePreset.Clip(model, CPU);
        var settings = MiniStagePreset.Settings(world: 0) with { Frozen = precision, Stored = ScalarType.Float32 };
        settings = settings with { Matching = Short(settings.Matching), Prompting = Short(settings.Prompting), Refinement = Short(settings.Refinement) };
        return new SchemeTraining(settings, phase1, clip, MiniStagePreset.Template, new MiniWorldImages(0, MiniWorldSet.Train, Batch * Steps), CPU)
            .Run(Path.Combine(_folder.Root, precision.ToString()), new TrainingOptions { Progress = new Reports(reports) });
    }

    private static StageSettings Short(StageSettings stage) => stage with { Training = stage.Training with { Epochs = 1, BatchSize = Batch } };

    private sealed class Reports(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
