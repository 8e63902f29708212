using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Laboratory;
using SemPLeS.Objectives;
using SemPLeS.Tests.Data;
using SemPLeS.Training;
using Xunit;

namespace SemPLeS.Tests.Experiments.Laboratory;

public sealed class LossLaboratoryTests : IDisposable
{
    private readonly ImageFileFolder _folder = new();
    private int _steps;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_term_gets_a_row_beside_the_baseline_paired_by_seed_with_a_verdict()
    {
        using var laboratory = Open(1, 2);

        var result = laboratory.Try(LaboratoryStage.Refinement, "area", context => (context.Masks.mean() - .1).square(), 5);

        Assert.Equal(["stages b and c", "+ area (stage c)"], result.Rows.Select(row => row.Name));
        Assert.All(result.Rows, row => Assert.Equal(2, row.Cells.Count));
        Assert.Equal(2, result.Rows[1].Delta!.Worlds);
        Assert.Contains("2 training seeds", Assert.Single(result.Verdicts).ToString(), StringComparison.Ordinal);
        // Stages a and b are the baseline's: of each seed four trainings are behind both rows.
        Assert.Equal(8, result.Runs);
        // Stage c alone was trained anew, so the prompts' numbers are the baseline's.
        Assert.Equal(Values(result, 0, "cos_label"), Values(result, 1, "cos_label"));
        Assert.NotEqual(Weights(laboratory.GeneratorPath(LaboratoryStage.Refinement)), Weights(laboratory.GeneratorPath(LaboratoryStage.Refinement, "area")));
    }

    [Fact]
    public void The_baseline_is_the_method_itself_and_a_term_of_weight_0_changes_nothing()
    {
        using var laboratory = Open(1);
        var outcome = SemPLeSExperiment.Run(SmallPlan.Of(), new ExperimentOptions { Folder = Path.Combine(_folder.Root, "whole") });

        foreach (var (stage, own) in new[] { (LaboratoryStage.Matching, 0), (LaboratoryStage.Prompting, 2), (LaboratoryStage.Refinement, 2) })
        {
            _ = laboratory.Try(stage, "nothing", context => context.PairLabelFeatures.mean(), 0);
            Assert.Equal(Weights(outcome.Stages[own].GeneratorPath!), Weights(laboratory.GeneratorPath(stage)));
            Assert.Equal(Weights(outcome.Stages[own].GeneratorPath!), Weights(laboratory.GeneratorPath(stage, "nothing")));
        }
    }

    [Fact]
    public void A_term_of_stage_b_changes_the_prompts_and_stage_c_after_them()
    {
        using var laboratory = Open(1);

        var result = laboratory.Try(
            LaboratoryStage.Prompting, "far from all names", context => Similarity.Matrix(context.PromptFeatures, context.LabelFeatures).square().mean(), new RisingWeight(20, 3));

        Assert.NotEqual(Values(result, 0, "cos_label"), Values(result, 1, "cos_label"));
        Assert.NotEqual(Weights(laboratory.GeneratorPath(LaboratoryStage.Prompting)), Weights(laboratory.GeneratorPath(LaboratoryStage.Prompting, "far from all names")));
    }

    [Fact]
    public void What_was_tried_is_kept_by_baseline_and_a_second_try_replaces_the_first()
    {
        using var laboratory = Open(1);
        _ = laboratory.Try(LaboratoryStage.Refinement, "one", context => context.Masks.mean(), 1);
        _ = laboratory.Try(LaboratoryStage.Matching, "one", context => context.Masks.mean(), 1);
        _ = laboratory.Try(LaboratoryStage.Prompting, "two", context => context.PromptFeatures.square().mean(), 1);
        _ = laboratory.Try(LaboratoryStage.Refinement, "one", context => context.Masks.mean(), 2);

        Assert.Equal(["stages b and c", "+ two (stage b)", "+ one (stage c)"], laboratory.Tried(LaboratoryStage.Refinement).Rows.Select(row => row.Name));
        Assert.Equal(["stage a", "+ one (stage a)"], laboratory.Tried(LaboratoryStage.Matching).Rows.Select(row => row.Name));
        Assert.All(laboratory.Tried(LaboratoryStage.Matching).Rows, row => Assert.Null(row.Summaries[2]));
        Assert.Throws<ArgumentException>("name", () => laboratory.GeneratorPath(LaboratoryStage.Matching, "two"));
        Assert.Throws<ArgumentOutOfRangeException>(() => laboratory.GeneratorPath(LaboratoryStage.Matching, seed: 1));
    }

    [Fact]
    public void A_wrong_term_leaves_the_laboratory_as_it_was()
    {
        using var laboratory = Open(1);
        var error = Assert.Throws<ObjectiveException>(() => laboratory.Try(LaboratoryStage.Prompting, "wrong", context => context.PromptFeatures, 1));
        Assert.Contains("'wrong'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => laboratory.Try(LaboratoryStage.Refinement, "refine", context => context.Masks.mean(), 1));
        Assert.Single(laboratory.Tried(LaboratoryStage.Prompting).Rows);
        Assert.Equal(2, laboratory.Try(LaboratoryStage.Prompting, "wrong", context => context.PromptFeatures.square().mean(), 1).Rows.Count);
    }

    [Fact]
    public void A_laboratory_that_was_opened_before_trains_nothing_anew()
    {
        using (Open(1))
            _steps = 0;
        using (var again = Open(1))
        {
            Assert.Equal(0, _steps);
            Assert.True(again.Tried(LaboratoryStage.Matching).Rows[0].Summaries[0]!.Mean > 0);
        }

        Assert.Throws<InvalidDataException>(() => Open(7));
        Assert.Throws<ArgumentException>("plans", () => Open());
    }

    private LossLaboratory Open(params long[] seeds) => LossLaboratory.Open(
        [.. seeds.Select(seed => SmallPlan.Of(seed))], new ExperimentOptions { Folder = _folder.Root, Workers = 1, Training = new Counter(() => _steps++) });

    private static double?[] Values(AblationResult result, int row, string metric)
    {
        var column = result.Columns.Index().Single(item => item.Item.Metric == metric).Index;
        return [.. result.Rows[row].Cells.Select(cell => cell.Values[column])];
    }

    private static byte[] Weights(string path) => File.ReadAllBytes(path);

    private sealed class Counter(Action count) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => count();
    }
}
