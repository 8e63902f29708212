using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class StoredTableTests
{
    private readonly ResultStore _shipped = new("no-such-folder", ResultStore.ShippedPath);
    private readonly ResultStore _empty = new("no-such-folder");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("mini")]
    public void A_table_whose_runs_come_with_the_library_is_shown_whole(string? preset)
    {
        var table = StoredTable.Read(AblationTables.Table5, preset, _shipped);

        Assert.NotNull(table.Result);
        Assert.Equal($"All {table.Result.Runs} trainings are in the store.", table.Advice);
        Assert.Equal(TableText.Markdown(AblationView.Table(table.Result)), TableText.Markdown(table.Table()));
        Assert.Equal(TableText.Markdown(AblationView.Verdicts(table.Result)), TableText.Markdown(table.Verdicts()));
        Assert.IsType<Figure>(table.Show(AblationView.Chart));
    }

    [Fact]
    public void A_table_whose_runs_are_missing_names_the_command_that_makes_them()
    {
        var table = StoredTable.Read(AblationTables.Table4, "mini-smoke", _empty, seeds: 3);

        Assert.Null(table.Result);
        Assert.Contains($"./semples table 4 --preset mini-smoke --seeds {table.Preset!.Worlds} --training-seeds 3", table.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_whose_runs_are_missing_names_its_own_command() =>
        Assert.Contains("./semples sweep --set", StoredTable.Read(Sweep.Table(["lambda=1,2"]), "mini", _empty).Advice, StringComparison.Ordinal);

    [Theory]
    [InlineData("voc12")]
    [InlineData("coco14")]
    public void Photographs_are_not_measured_and_no_other_number_takes_their_place(string preset)
    {
        var table = StoredTable.Read(AblationTables.Table4, preset, _shipped, dataFolder: "no-such-folder");
        Assert.Contains($"./semples doctor --preset {preset}", table.Advice, StringComparison.Ordinal);

        Assert.Null(table.Result);
        var shown = table.Table();
        Assert.Equal(AblationTables.Table4.Rows.Count, shown.Rows.Count);
        Assert.All(shown.Rows, row => Assert.All(row.Skip(1).SkipLast(1), cell => Assert.Equal("not measured", cell)));
        Assert.Equal(["67.6", "67.7", "67.9", "68.7"], shown.Rows.Select(row => row[^1]));
        Assert.Equal(AblationTables.Table4.Claims.Count, table.Verdicts().Rows.Count);
        Assert.All(table.Verdicts().Rows, row => Assert.EndsWith("not measured", row[0], StringComparison.Ordinal));
        Assert.IsType<TableSection>(table.Show(_ => throw new InvalidOperationException("There is nothing to view.")));
    }

    [Fact]
    public void An_unknown_preset_is_an_error_that_names_it() =>
        Assert.Contains("voc13", Assert.Throws<ArgumentException>(() => StoredTable.Read(AblationTables.Table4, "voc13", _shipped)).Message, StringComparison.Ordinal);
}
