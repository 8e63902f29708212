using SemPLeS.Clip;
using SemPLeS.MaskGenerator;
using SemPLeS.Training;
using TorchSharp;

namespace SemPLeS.Experiments;

/// <summary>Trains phase 1 and the stages of a scheme, and scores the seeds of every generator.</summary>
public static class SemPLeSExperiment
{
    /// <summary>Runs a plan; goes on where an earlier run of the same plan in the same folder stopped.</summary>
    /// <exception cref="ArgumentException">Generator, CLIP, prompts and images do not fit each other, or a picture has no class.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; what was trained is saved.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds a checkpoint of another configuration.</exception>
    public static SemPLeSOutcome Run(SemPLeSPlan plan, ExperimentOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        using var model = plan.Clip().to(options.Device);
        using var clip = plan.Labels(model, options.Device);
        RequireFit(plan, clip);
        var phase1 = Phase1Experiment.Run(plan.Phase1, options, cancellation);
        var scheme = new SchemeTraining(plan.Settings, phase1.WeightsPath, clip, plan.Template, plan.Images, options.Device);
        var stages = scheme.Run(options.Folder, new TrainingOptions { Progress = options.Training, Time = options.Time, MicroBatch = options.MicroBatch }, options.Fresh, cancellation);
        return new SemPLeSOutcome(phase1, stages, [.. stages.Select(stage => Scores(stage, plan.Phase1.Scores, options, cancellation))]);
    }

    /// <summary>Finds out before phase 1 what the stages would complain of after it.</summary>
    private static void RequireFit(SemPLeSPlan plan, StageClip clip)
    {
        using var generator = plan.Phase1.Start();
        foreach (var stage in new[] { plan.Settings.Matching, plan.Settings.Prompting, plan.Settings.Refinement })
            clip.Require(generator, plan.Images, stage);
        PromptLearner.RequireContext(clip.Model.Settings, plan.Template, plan.Settings.PromptLength);
    }

    private static IReadOnlyList<MeasuredScore> Scores(
        SchemeStage stage, IReadOnlyList<PlannedScore> scores, ExperimentOptions options, CancellationToken cancellation)
    {
        if (stage.GeneratorPath is null)
            return [];
        using var generator = WeakTrGenerator.Load(stage.GeneratorPath).to(options.Device);
        return [.. scores.Select(score => Phase1Experiment.Score(generator, score, options, cancellation))];
    }
}
