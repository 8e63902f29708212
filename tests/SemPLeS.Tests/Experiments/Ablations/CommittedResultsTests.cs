using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Experiments.Ablations;

/// <summary>The runs that come with the library, and the page that shows them.</summary>
public sealed class CommittedResultsTests
{
    private readonly RunQueue _queue = new(new ResultStore("no-such-folder", ResultStore.ShippedPath), new ExperimentOptions { Folder = "no-such-folder" });
    private readonly AblationPreset _mini = AblationPreset.Named(MiniPreset.Name);

    public static TheoryData<string> Tables => new("1", "4", "5", "6", "prompt-length=8,4,16", "lambda-t=1,.5,2", "matching=clims --set lambda=.5,.25,.1");

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_run_of_a_committed_table_is_there_and_the_page_shows_what_they_say(string name)
    {
        var table = int.TryParse(name, out var number) ? AblationTables.Of(number) : Sweep.Table(name.Split(" --set "));
        var result = Ablation.Read(table, _mini, _mini.Worlds, _queue, seeds: number > 0 ? 2 : 1);
        Assert.NotNull(result);
        Assert.Contains(AblationView.Markdown(result), Page("results"), StringComparison.Ordinal);
        var zoo = AblationView.Zoo(result, number > 0 ? $"./semples table {number} --seeds 5 --training-seeds 2" : null);
        Assert.Contains(TableText.Markdown(zoo), Page("model-zoo"), StringComparison.Ordinal);
        Assert.True(number > 0 || Page("model-zoo").Contains($"./semples sweep --set {name} --seeds 5", StringComparison.Ordinal));
    }

    [SharedFact("voc/train.txt")]
    public void Photographs_have_their_runs_too()
    {
        var shared = TestFolders.Shared!;
        var preset = AblationPreset.Photographs(Path.Combine(shared, "voc"), Path.Combine(shared, "weights", "vit_tiny_patch16_224.safetensors"));
        var result = Ablation.Read(AblationTables.Photographs, preset, 1, _queue);
        Assert.NotNull(result);
        Assert.Contains(AblationView.Markdown(result), Page("results"), StringComparison.Ordinal);
        var zoo = AblationView.Zoo(result, "./semples table 1 --preset voc-tiny --data VOC --weights vit_tiny_patch16_224.safetensors");
        Assert.Contains(TableText.Markdown(zoo), Page("model-zoo"), StringComparison.Ordinal);
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(TestFolders.Repository, "docs", name + ".md"));

    [Fact]
    public void A_committed_table_computes_nothing()
    {
        var plan = _queue.Plan(AblationTables.Table4.Runs(_mini, _mini.Worlds, 2));
        Assert.All(plan, item => Assert.Equal(RunState.Shipped, item.State));
    }
}
