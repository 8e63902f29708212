using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.Tests.Data;
using SemPLeS.Tests.Training;
using SemPLeS.Training;
using Xunit;

namespace SemPLeS.Tests.Experiments;

public sealed class SemPLeSExperimentTests : IDisposable
{
    private readonly ImageFileFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_whole_method_scores_phase_1_and_every_generator_and_is_read_back_without_a_step()
    {
        var steps = 0;
        var options = new ExperimentOptions { Folder = _folder.Root, Workers = 2, Training = new Counter(() => steps++) };
        var records = SemPLeSExperiment.Run(SmallPlan.Of(), options).Records().ToList();
        Assert.Equal(4 * SmallStages.Steps, steps);
        var again = SemPLeSExperiment.Run(SmallPlan.Of(), options).Records().ToList();
        Assert.Equal(4 * SmallStages.Steps, steps);

        Assert.Equal(
            ["phase-1 seconds", "phase-1 seed_miou", "stage-a seconds", "stage-a seed_miou", "stage-b seconds", "stage-c seconds", "stage-c seed_miou"],
            records.Select(record => $"{record.Row} {record.Metric}").Order(StringComparer.Ordinal));
        Assert.All(records, record => Assert.Equal(("small", "squares", 3, "train"), (record.Preset, record.World, record.Seed, record.Split)));
        Assert.Equal(records.Where(IsScore), again.Where(IsScore));
    }

    [Fact]
    public void Generators_are_those_of_phase_1_and_of_the_stages_that_train_one()
    {
        var outcome = SemPLeSExperiment.Run(SmallPlan.Of(), new ExperimentOptions { Folder = _folder.Root });
        Assert.Equal(["phase-1", "stage-a", "stage-c"], outcome.Generators.Select(generator => generator.Row));
        Assert.All(outcome.Generators, generator => Assert.Single(generator.Scores));
        Assert.Equal(Path.Combine(_folder.Root, "stage-c.safetensors"), outcome.Generators[^1].WeightsPath);
    }

    [Fact]
    public void A_record_holds_the_settings_and_every_stage_with_its_files()
    {
        var plan = SmallPlan.Of();
        var record = SemPLeSRecord.Of(SemPLeSExperiment.Run(plan, new ExperimentOptions { Folder = _folder.Root }), plan, _folder.Root);
        Assert.Equal(["stage-a.safetensors", null, "stage-c.safetensors"], record.Stages.Select(stage => stage.Weights));
        Assert.Equal([null, "stage-b.safetensors", null], record.Stages.Select(stage => stage.Prompts));
        Assert.Equal(3, record.Stages.SelectMany(stage => new[] { stage.WeightsFingerprint, stage.PromptsFingerprint }).OfType<string>().Distinct().Count());
        Assert.Equal([1, 0, 1], record.Stages.Select(stage => stage.Scores.Count));
        Assert.Equal("2", record.Settings!["PromptLength"]);
    }

    public static TheoryData<string, SemPLeSPlan> Misfits => new()
    {
        { "context of 12", SmallPlan.Of() with { Settings = SmallPlan.Of().Settings with { PromptLength = 30 } } },
        { "no class", SmallPlan.Of() with { Images = new UnlabelledImages() } },
        { "label texts", SmallPlan.Of() with { Labels = (model, device) => new StageClip(model, SmallStages.LabelTokens().narrow(0, 0, 2)) } },
        { "not one of", SmallPlan.Of() with { Clip = () => ClipStart.Random(SmallStages.Clips with { VocabularySize = 8 }, new RandomStream(0)) } },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void What_the_stages_can_not_use_is_an_error_before_phase_1(string complaint, SemPLeSPlan plan)
    {
        var steps = 0;
        var options = new ExperimentOptions { Folder = _folder.Root, Training = new Counter(() => steps++) };
        Assert.Contains(complaint, Assert.Throws<ArgumentException>(() => SemPLeSExperiment.Run(plan, options)).Message, StringComparison.Ordinal);
        Assert.Equal(0, steps);
    }

    private static bool IsScore(ResultRecord record) => record.Metric == "seed_miou";

    private sealed class Counter(Action count) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => count();
    }
}
