using System.Text.Json.Nodes;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

/// <summary>What is drawn of a table of three rows on two worlds; the last row has no second number.</summary>
public sealed class AblationViewTests
{
    private static readonly AblationResult Result = Made();

    [Fact]
    public void A_curve_has_the_mean_gain_of_each_value_and_its_interval()
    {
        var curve = AblationView.Curve(Result, "lambda");

        Assert.Equal(["mini, 2 worlds", "95 % interval, low", "high", "VOC"], curve.Series.Select(series => series.Name));
        Assert.Equal([(0, 0), (1, 3), (2, -1)], curve.Series[0].Points.Select(point => (point.X, point.Y)));
        // Gains of 2 and 4: mean 3, standard error 1, and Student's t of one degree of freedom is 12.706.
        Assert.Equal([0, 3 - 12.706], curve.Series[1].Points.Take(2).Select(point => Math.Round(point.Y, 3)));
        Assert.Equal([0, 3 + 12.706], curve.Series[2].Points.Take(2).Select(point => Math.Round(point.Y, 3)));
        Assert.Equal([0, 1.5, double.NaN], curve.Series[3].Points.Select(point => point.Y));
    }

    [Fact]
    public void A_curve_of_another_column_has_that_columns_gains_and_no_number_of_the_papers()
    {
        var curve = AblationView.Curve(Result, "lambda", column: 1);

        Assert.Equal("false act.: gain over the first row (points)", curve.YAxis);
        Assert.Equal(["mini, 2 worlds", "95 % interval, low", "high"], curve.Series.Select(series => series.Name));
        Assert.Equal([0, -5, double.NaN], curve.Series[0].Points.Select(point => point.Y));
    }

    [Fact]
    public void Worlds_show_each_rows_gain_on_each_of_them_and_leave_out_rows_without_the_number()
    {
        var gains = Trace(AblationView.Worlds(Result));
        Assert.Equal("""["twice","half"]""", Strings(gains["y"]));
        Assert.Equal([2, 4, -1, -1], gains["z"]!.AsArray().SelectMany(Numbers));

        Assert.Equal("""["twice"]""", Strings(Trace(AblationView.Worlds(Result, column: 1))["y"]));
    }

    [Fact]
    public void A_zoo_has_each_rows_numbers_and_the_command_that_makes_it_alone()
    {
        var zoo = AblationView.Zoo(Result, "./semples table 9");
        Assert.Equal(["row", "seed mIoU", "false act.", "command"], zoo.Columns.Select(column => column.Heading));
        Assert.Equal(["twice", "44.0 \u00b1 2.8", "15.0 \u00b1 9.9", "`./semples table 9 --row \"twice\"`"], zoo.Rows[1]);
        Assert.Equal("\u2013", zoo.Rows[2][2]);
        Assert.Equal(3, AblationView.Zoo(Result, null).Columns.Count);
    }

    [Fact]
    public void Bars_have_a_series_for_each_column_with_the_spread_over_worlds()
    {
        var bars = Traces(AblationView.Bars(Result, 0, 1));

        Assert.Equal(["seed mIoU", "false act."], bars.Select(trace => trace["name"]!.GetValue<string>()));
        Assert.Equal([41, 44, 40], Numbers(bars[0]["y"]));
        Assert.Equal([20, 15, null], Numbers(bars[1]["y"]));
        Assert.Equal(Math.Sqrt(2), bars[0]["error_y"]!["array"]![0]!.GetValue<double>(), 9);
    }

    [Fact]
    public void A_scatter_has_a_point_for_each_row_that_has_both_numbers()
    {
        var points = Trace(AblationView.Scatter(Result, x: 1, y: 0));

        Assert.Equal([20, 15], Numbers(points["x"]));
        Assert.Equal([41, 44], Numbers(points["y"]));
    }

    private static AblationResult Made()
    {
        var table = new AblationTable("table5", "Weights", "VOC", [new AblationColumn("seed mIoU", "train", "seed_miou"), new AblationColumn("false act.", "train", "false")], [])
        {
            ValueName = "lambda",
        };
        return new AblationResult(table)
        {
            Preset = "mini",
            Worlds = [0, 1],
            Seeds = [0],
            Rows =
            [
                Row("none", 0, [40, 42], [10, 30], null),
                Row("twice", 1, [42, 46], [8, 22], 1.5),
                Row("half", 2, [39, 41], null, null),
            ],
            Verdicts = [],
            Split = "train",
            EpochRule = "last",
            ThresholdRule = "best",
            Hardware = ["a processor"],
            Versions = ["0"],
            Runs = 6,
            DeviceHours = 1,
        };

        static AblationRowResult Row(string name, double value, double[] miou, double[]? falseActivation, double? paperDelta) => new(
            name, 68 + paperDelta ?? (value == 0 ? 68 : null), paperDelta, value, [], [Summary(miou), falseActivation is null ? null : Summary(falseActivation)],
            value == 0 ? null : PairedDifference.Of(miou, [40, 42]));

        static WorldSummary Summary(double[] worlds) => WorldSummary.Of([.. worlds.Select(world => new[] { world })]);
    }

    private static JsonNode Trace(Figure figure) => Assert.Single(Traces(figure));

    private static IReadOnlyList<JsonNode> Traces(Figure figure) => [.. JsonNode.Parse(figure.Json)!["data"]!.AsArray().Select(trace => trace!)];

    private static IEnumerable<double?> Numbers(JsonNode? array) => array!.AsArray().Select(value => value?.GetValue<double>());

    private static string Strings(JsonNode? node) => node!.ToJsonString();
}
