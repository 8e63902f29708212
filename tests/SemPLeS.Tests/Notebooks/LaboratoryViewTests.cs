using System.Text.Json.Nodes;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Laboratory;
using SemPLeS.Notebooks;
using SemPLeS.Tests.Experiments;
using SemPLeS.Tests.Weights;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class LaboratoryViewTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_trial_is_shown_as_rows_as_bars_for_each_seed_and_as_a_verdict()
    {
        using var laboratory = LossLaboratory.Open([SmallPlan.Of(1), SmallPlan.Of(2)], new ExperimentOptions { Folder = _folder.File("laboratory"), Workers = 1 });
        var result = laboratory.Try(LaboratoryStage.Matching, "area", context => context.Masks.mean(), 1);

        var parts = LaboratoryView.Of(result).Parts;

        Assert.Equal(["stage a", "+ area (stage a)"], Assert.IsType<TableSection>(parts[0]).Rows.Select(row => row[0]));
        var bars = JsonNode.Parse(Assert.IsType<Figure>(parts[1]).Json)!["data"]!.AsArray();
        Assert.Equal(["stage a", "+ area (stage a)"], bars.Select(trace => (string)trace!["name"]!));
        Assert.All(bars.Zip(result.Rows), pair => Assert.Equal(pair.Second.Summaries[0]!.ByWorld, pair.First!["y"]!.AsArray().Select(value => (double)value!)));
        Assert.Contains("\"+ area (stage a)\" over \"stage a\"", Assert.IsType<TableSection>(parts[2]).Rows[0][0], StringComparison.Ordinal);
    }
}
