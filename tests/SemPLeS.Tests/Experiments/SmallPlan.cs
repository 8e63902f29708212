using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.Evaluation;
using SemPLeS.PseudoMasks;
using SemPLeS.Tests.Training;
using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Experiments;

/// <summary>The whole method in a fraction of a second: phase 1 and stages of 6 steps.</summary>
internal static class SmallPlan
{
    public static SemPLeSPlan Of(long seed = 1)
    {
        return new SemPLeSPlan
        {
            Phase1 = new Phase1Plan
            {
                Preset = "small",
                World = "squares",
                Seed = 3,
                Train = SmallStages.Images,
                Settings = SmallTraining.Settings,
                Start = SmallStages.Generator,
                Scores = [new("train", SmallStages.Images, new SeedProtocol("small", "one scale", new CamSettings(), new BestThreshold(.1, .9, .1)))],
            },
            Clip = () => ClipStart.Random(SmallStages.Clips, new RandomStream(0)),
            Labels = (model, device) => new StageClip(model, SmallStages.LabelTokens().to(device)),
            Template = SmallStages.Template,
            Images = SmallStages.Images,
            Settings = new SchemeSettings
            {
                Matching = Seeded(SmallStages.Matching),
                Prompting = Seeded(SmallStages.Prompting),
                Refinement = Seeded(SmallStages.Refinement),
                PromptLength = 2,
                Stored = ScalarType.Float16,
            },
        };

        StageSettings Seeded(StageSettings stage) => stage with { Training = stage.Training with { Seed = seed } };
    }
}
