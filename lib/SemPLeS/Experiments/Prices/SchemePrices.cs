using SemPLeS.Clip;
using SemPLeS.MaskGenerator;
using SemPLeS.Training;

namespace SemPLeS.Experiments.Prices;

/// <summary>What the runs of the method are expected to cost, scores of seeds included.</summary>
/// <param name="network">The generator.</param>
/// <param name="clip">CLIP.</param>
/// <param name="settings">The stages.</param>
/// <param name="plan">Pictures, phase 1 and template; its settings are not read.</param>
internal sealed class SchemePrices(GeneratorSettings network, ClipSettings clip, SchemeSettings settings, SemPLeSPlan plan)
{
    /// <summary>Phase 1.</summary>
    public RunPrice Phase1(int? atOnce) => plan.Phase1.IsTrained ? Scores : PriceEstimate.Phase1(network, plan.Phase1.Train, plan.Phase1.Settings, atOnce) + Scores;

    /// <summary>Stage a.</summary>
    public RunPrice Matching(int? atOnce) => OfGenerator(settings.Matching, atOnce) + Scores;

    /// <summary>Stage b.</summary>
    public RunPrice Prompting(int? atOnce) => OfPrompts(settings.Prompting, atOnce);

    /// <summary>Stage c.</summary>
    public RunPrice Refinement(int? atOnce) => OfGenerator(settings.Refinement, atOnce) + Scores;

    /// <summary>The joint run; what its halves share counts twice.</summary>
    public RunPrice Joint(int? atOnce) => OfGenerator(settings.Refinement, atOnce) + OfPrompts(settings.Refinement, atOnce) + Scores;

    private RunPrice Scores => RunPrice.Sum(plan.Phase1.Scores.Select(score => PriceEstimate.Cams(network, score.Images, score.Protocol.Cams)));

    private RunPrice OfGenerator(StageSettings stage, int? atOnce) => PriceEstimate.OfGenerator(network, clip, plan.Images, stage.Training, atOnce);

    private RunPrice OfPrompts(StageSettings stage, int? atOnce) =>
        PriceEstimate.OfPrompts(network, clip, plan.Images, stage.Training, plan.Template.TokensWith(settings.PromptLength), atOnce);
}
