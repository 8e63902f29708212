using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.Training;
using SemPLeS.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>The trainings of miniature world 0 with its own batches and losses, of a number of steps that the benchmark chooses.</summary>
internal sealed class MiniStages : IDisposable
{
    private readonly WeakTrGenerator _generator;
    private readonly ClipModel _model;
    private readonly StageClip _clip;
    private readonly PromptLearner _prompts;
    private readonly ILabelledImages _images = MiniStagePreset.Images(0);
    private readonly SchemeSettings _settings = MiniStagePreset.Settings(0);

    public MiniStages()
    {
        using (var file = WeightsFile.Open(MiniPreset.PretrainedPath(0)))
            _generator = MiniPreset.Phase1Start(0, 0, file);
        _model = ClipModel.Load(MiniClipPreset.WeightsPath(0));
        _clip = MiniStagePreset.Clip(_model, CPU);
        _prompts = PromptLearner.Start(_model.Settings, _images.ClassCount, _settings.PromptLength, MiniStagePreset.Template, new RandomStream(0));
    }

    /// <summary>The stages by name: what learns in them, and how to run so many steps.</summary>
    public IEnumerable<(string Name, IReadOnlyList<Parameter> Learned, Func<int, IProgress<TrainingProgress>, TrainingRecord> Run)> All()
    {
        var ofStage = Learned(_generator.LearnedParameters(GeneratorForm.Stage));
        yield return (Phase1.Name, Learned(_generator.LearnedParameters(GeneratorForm.Phase1)), (steps, watch) =>
            Phase1.Trainer(_generator, MiniPreset.Phase1Plan(0).Train, Lasting(MiniPreset.Phase1(0, 0), MiniPreset.Phase1Plan(0).Train, steps), CPU).Run(Options(watch)));
        yield return (StageMatching.Name, ofStage, (steps, watch) => Run(StageMatching.Prepare(_generator, _clip, _images, Lasting(_settings.Matching, steps), CPU), watch));
        yield return (StagePrompting.Name, [.. _prompts.parameters()], (steps, watch) =>
            Run(StagePrompting.Prepare(_prompts, _generator, _clip, _images, Lasting(_settings.Prompting, steps), CPU), watch));
        yield return (StageRefinement.Name, ofStage, (steps, watch) =>
            Run(StageRefinement.Prepare(_generator, _clip, _prompts, _images, Lasting(_settings.Refinement, steps), CPU), watch));

        static IReadOnlyList<Parameter> Learned(IEnumerable<(string Name, Parameter Parameter)> named) => [.. named.Select(item => item.Parameter)];
    }

    public void Dispose()
    {
        foreach (var owned in new IDisposable[] { _generator, _clip, _model, _prompts })
            owned.Dispose();
    }

    private static TrainingOptions Options(IProgress<TrainingProgress> watch) => new() { Progress = watch };

    private static TrainingRecord Run(Stage stage, IProgress<TrainingProgress> watch)
    {
        using (stage)
            return stage.Run(Options(watch));
    }

    private StageSettings Lasting(StageSettings settings, int steps) => settings with { Training = Lasting(settings.Training, _images, steps) };

    /// <summary>Epochs enough for the steps, at a rate that changes nothing much.</summary>
    private static TrainingSettings Lasting(TrainingSettings settings, ILabelledImages images, int steps) => settings with
    {
        Epochs = (steps + settings.StepsPerEpoch(images.Count) - 1) / settings.StepsPerEpoch(images.Count),
        LearningRate = new LearningRateConstant(1e-5),
    };
}
