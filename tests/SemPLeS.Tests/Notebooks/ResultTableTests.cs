using SemPLeS.Experiments;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class ResultTableTests
{
    [Fact]
    public void Several_worlds_get_a_column_each_then_mean_and_standard_deviation()
    {
        var table = ResultTable.OfWorlds([Record("0", "phase-1", 50), Record("1", "phase-1", 54), Record("0", "stage-c", 60)]);

        Assert.Equal(["row", "metric", "split", "world 0", "world 1", "mean", "s.d."], table.Columns.Select(column => column.Heading));
        Assert.Equal(["phase-1", "seed_miou", "train", "50.0", "54.0", "52.0", "2.8"], table.Rows[0]);
        Assert.Equal(["stage-c", "seed_miou", "train", "60.0", "–", "60.0", "–"], table.Rows[1]);
    }

    [Fact]
    public void One_world_and_one_row_need_no_further_columns()
    {
        var table = ResultTable.OfWorlds([Record("0", "phase-1", 50)]);

        Assert.Equal(["metric", "split", "world 0"], table.Columns.Select(column => column.Heading));
        Assert.Equal(["seed_miou", "train", "50.0"], Assert.Single(table.Rows));
    }

    [Fact]
    public void Results_beside_the_papers_have_a_difference_only_where_both_are_known()
    {
        var table = ResultTable.BesidePaper("Table 5", "paper", "measured",
        [
            new("0", 67.6, 66.5) { Spread = .26 },
            new("0.05", 68.7, 70),
            new("0.1", 68.2, null),
            new("0.2", null, 65),
        ]);

        Assert.Equal(["0|67.6|66.5 ± 0.3|−1.1", "0.05|68.7|70.0|+1.3", "0.1|68.2|not measured|–", "0.2|not given|65.0|–"], table.Rows.Select(row => string.Join('|', row)));
    }

    [Fact]
    public void Without_records_there_is_no_table() => Assert.Throws<ArgumentException>("records", () => ResultTable.OfWorlds([]));

    private static ResultRecord Record(string world, string row, double value) => new("mini", world, 0, row, "train", "seed_miou", value);
}
