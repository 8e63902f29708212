using SemPLeS.Clip;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.Notebooks;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Cli.Reports;

/// <summary>The pictures of a run's page.</summary>
internal static class RunPictures
{
    /// <summary>Pictures at equal distances in the scored training set, under the last protocol that scored it; null when none did.</summary>
    /// <param name="outcome">The experiment.</param>
    /// <param name="stages">Its plan of the whole method; null for phase 1 alone.</param>
    /// <param name="device">Where CAMs are made.</param>
    public static PictureSection? Draw(SemPLeSOutcome outcome, SemPLeSPlan? stages, Device device)
    {
        var plan = outcome.Phase1.Plan;
        var place = plan.Scores.Select((planned, i) => (planned, i)).LastOrDefault(item => item.planned.Split == "train", (null!, -1)).i;
        if (place < 0)
            return null;
        using var scope = NewDisposeScope();
        using var clip = stages?.Clip().to(device);
        var planned = plan.Scores[place];
        var generators = outcome.Generators.Select(generator => new NamedGenerator(
            stages is null ? "CAM" : StageTables.Title(generator.Row), WeakTrGenerator.Load(generator.WeightsPath).to(device))).ToArray();
        try
        {
            var threshold = outcome.Generators[^1].Scores[place].Evaluation.Seeds.Threshold;
            var prompts = clip is null ? null : new PromptMaps(clip, Prompts(outcome, stages!, clip, device), device);
            return SeedPictures.Draw(planned.Images, SeedPictures.Spread(planned.Images), generators, planned.Protocol.Cams, threshold, device, prompts);
        }
        finally
        {
            foreach (var generator in generators)
                generator.Generator.Dispose();
        }
    }

    /// <summary>The features of the prompts that the run ended with.</summary>
    private static Tensor Prompts(SemPLeSOutcome outcome, SemPLeSPlan stages, ClipModel clip, Device device)
    {
        using var noGradient = no_grad();
        using var prompts = PromptLearner.Load(outcome.Stages.Last(stage => stage.PromptsPath is not null).PromptsPath!, stages.Template).to(device);
        return prompts.Encode(clip);
    }
}
