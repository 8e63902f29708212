using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using SemPLeS.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Objectives;

public sealed class StageGoldenTests
{
    public static TheoryData<string> Files => [.. TestFolders.GoldenFiles("stages").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Text_features_equal_the_reference(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = new GoldenStages(file);
        golden.Figures.AssertClose("out.text_features", golden.Clip.LabelFeatures);
        golden.Figures.AssertClose("out.prompt_features", golden.Prompts().Encode(golden.Clip.Model));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_step_of_stage_a_equals_the_reference(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = new GoldenStages(file);
        using var generator = golden.Generator();
        AssertGeneratorStep(golden, generator, "a", golden.Matching, golden.Context(generator, "a"), "l_fg", "l_bg");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_step_of_stage_c_equals_the_reference(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = new GoldenStages(file);
        using var generator = golden.Generator();
        using var prompts = golden.Prompts();
        var context = golden.Context(generator, "c", prompts.Encode(golden.Clip.Model).detach());
        AssertGeneratorStep(golden, generator, "c", golden.Refinement, context, "l_fg", "l_bg", "l_refine");
        golden.Figures.AssertClose("out.c.sim_refine", context.ForegroundPrompt.Raw);
        Assert.Null(prompts.Prompts.grad);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_step_of_stage_b_equals_the_reference(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = new GoldenStages(file);
        using var generator = golden.Generator();
        using var prompts = golden.Prompts();
        var context = golden.Context(generator, "b", prompts.Encode(golden.Clip.Model), frozenImages: true);
        var loss = golden.Prompting.Compute(context);
        loss.Total.backward();

        golden.Figures.AssertClose("out.b.mask", context.Masks);
        golden.Figures.AssertClose("out.b.sim_image", context.BackgroundPrompt.Raw);
        golden.Figures.AssertClose("out.b.sim_text", context.PromptLabel.Raw);
        AssertLosses(golden, "b", loss, "l_image", "l_text");
        golden.Figures.AssertClose("grad.b.prompts", Assert.IsAssignableFrom<Tensor>(prompts.Prompts.grad));
        Assert.All(generator.parameters().Concat(golden.Clip.Model.parameters()), parameter => Assert.Null(parameter.grad));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Trajectories_of_all_stages_equal_the_reference(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = new GoldenStages(file);
        using var start = golden.Generator();

        using var matched = golden.Generator();
        using (var stage = StageMatching.Prepare(matched, golden.Clip, golden.Images(), golden.Settings("a", golden.Matching), CPU))
            AssertTrajectory(golden, "a", stage);
        AssertEnds(golden, "a", start, matched);

        using var prompts = golden.Prompts();
        using var generatorOfA = golden.Generator(after: "traj.a");
        using (var stage = StagePrompting.Prepare(prompts, generatorOfA, golden.Clip, golden.Images(), golden.Settings("b", golden.Prompting), CPU))
            AssertTrajectory(golden, "b", stage);
        golden.AssertEnd("traj.b.prompts", golden.Figures["in.prompts"], prompts.Prompts);

        using var refined = golden.Generator();
        using var promptsOfB = golden.Prompts("traj.b.prompts");
        using (var stage = StageRefinement.Prepare(refined, golden.Clip, promptsOfB, golden.Images(), golden.Settings("c", golden.Refinement), CPU))
            AssertTrajectory(golden, "c", stage);
        AssertEnds(golden, "c", start, refined);
    }

    private static void AssertGeneratorStep(
        GoldenStages golden, WeakTrGenerator generator, string stage, ObjectiveSum sum, ObjectiveContext context, params string[] terms)
    {
        var loss = sum.Compute(context);
        loss.Total.backward();
        golden.Figures.AssertClose($"out.{stage}.mask", context.Masks);
        golden.Figures.AssertClose($"out.{stage}.sim_fg", context.ForegroundLabel.Raw);
        golden.Figures.AssertClose($"out.{stage}.sim_bg", context.BackgroundLabel.Raw);
        AssertLosses(golden, stage, loss, terms);
        var learned = golden.Figures.Names("trainable");
        foreach (var (name, parameter) in generator.named_parameters())
        {
            if (learned.Contains(name))
                golden.Figures.AssertClose($"grad.{stage}.{name}", Assert.IsAssignableFrom<Tensor>(parameter.grad));
            else
                Assert.True(parameter.requires_grad && parameter.grad is null, $"{name} has a gradient");
        }

        // What the reference measured on the parameters that here have no gradient at all.
        Assert.Equal(0, golden.Figures[$"out.{stage}.untrained_gradient"].item<float>());
        Assert.All(golden.Clip.Model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    private static void AssertLosses(GoldenStages golden, string stage, ObjectiveValues loss, params string[] terms)
    {
        golden.Figures.AssertClose($"out.{stage}.loss", loss.Total.view(1));
        foreach (var (term, (_, value)) in terms.Zip(loss.Terms))
            golden.Figures.AssertClose($"out.{stage}.{term}", value.view(1));
    }

    private static void AssertTrajectory(GoldenStages golden, string name, Stage stage)
    {
        var record = stage.Run();
        golden.Figures.AssertClose($"traj.{name}.loss", tensor(record.Epochs.Select(epoch => (float)epoch.Losses["total"]).ToArray()));
    }

    private static void AssertEnds(GoldenStages golden, string stage, WeakTrGenerator start, WeakTrGenerator end)
    {
        var starts = start.named_parameters().ToDictionary(named => named.Item1, named => named.Item2);
        foreach (var (name, parameter) in end.LearnedParameters(GeneratorForm.Stage))
            golden.AssertEnd($"traj.{stage}.{name}", starts[name], parameter);
    }
}
