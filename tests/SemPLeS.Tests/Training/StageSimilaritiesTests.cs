using SemPLeS.Objectives;
using SemPLeS.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Training;

public sealed class StageSimilaritiesTests
{
    private static readonly PairSimilarity[] _all = Enum.GetValues<PairSimilarity>();

    [Fact]
    public void Similarities_are_those_that_the_terms_of_a_loss_see()
    {
        using var scope = NewDisposeScope();
        using var stages = new SmallStages();
        var (generator, prompts) = (SmallStages.Generator(), SmallStages.Prompts());
        generator.eval();

        var measured = StageSimilarities.Measure(generator, stages.Clip, prompts, SmallStages.Images, SmallStages.Prompting, CPU, _all);

        // A batch of all pictures is what the stage sees in an epoch of one step.
        var whole = SmallStages.Prompting with
        {
            Objectives = new ObjectiveSum([.. SmallStages.Prompting.Objectives.Terms, .. _all.Select(which => new WeightedObjective(new SimilarityObjective(which), 0))]),
            Training = SmallStages.Prompting.Training with { BatchSize = SmallStages.Images.Count, Epochs = 1, LearningRate = new LearningRateConstant(1e-3) },
        };
        using var stage = StagePrompting.Prepare(prompts, generator, stages.Clip, SmallStages.Images, whole, CPU);
        var seen = stage.Run().Epochs[0].Losses;
        foreach (var (which, value) in _all.Zip(measured))
            Assert.Equal(seen[new SimilarityObjective(which).Name], value, 1e-5);
    }

    [Fact]
    public void A_similarity_that_is_watched_does_not_change_what_is_learned()
    {
        using var stages = new SmallStages();
        var watched = SmallStages.Prompting with
        {
            Objectives = new ObjectiveSum([.. SmallStages.Prompting.Objectives.Terms, new WeightedObjective(new SimilarityObjective(PairSimilarity.PromptLabel), 0)]),
        };

        Assert.Equal(Learned(SmallStages.Prompting), Learned(watched));

        float[] Learned(StageSettings settings)
        {
            using var prompts = SmallStages.Prompts();
            using var stage = StagePrompting.Prepare(prompts, SmallStages.Generator(), stages.Clip, SmallStages.Images, settings, CPU);
            stage.Run();
            return prompts.Prompts.data<float>().ToArray();
        }
    }

    [Fact]
    public void A_similarity_of_prompts_without_prompts_is_an_error()
    {
        using var stages = new SmallStages();
        using var generator = SmallStages.Generator();
        generator.eval();
        Assert.Throws<InvalidOperationException>(() => StageSimilarities.Measure(
            generator, stages.Clip, null, SmallStages.Images, SmallStages.Matching, CPU, PairSimilarity.PromptLabel));
    }
}
