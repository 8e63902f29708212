using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;
using Xunit;

namespace SemPLeS.Tests.Experiments.Ablations;

public sealed class SweepTests
{
    [Fact]
    public void A_grid_has_every_combination_the_first_setting_slowest()
    {
        var table = Sweep.Table(["lambda=0,.5", "prompt-length=4,8"]);
        Assert.Equal(
            ["lambda = 0, prompt-length = 4", "lambda = 0, prompt-length = 8", "lambda = .5, prompt-length = 4", "lambda = .5, prompt-length = 8"],
            table.Rows.Select(row => row.Name));
        Assert.Null(table.ValueName);
    }

    [Fact]
    public void One_setting_of_numbers_is_a_curve()
    {
        var table = Sweep.Table(["lambda-t=.5,1,2"]);
        Assert.Equal("lambda-t", table.ValueName);
        Assert.Equal([.5, 1, 2], table.Rows.Select(row => row.Value!.Value));
        Assert.Null(Sweep.Table(["scheme=joint,sequential"]).ValueName);
    }

    public static TheoryData<string> Names => new(Sweep.Settings);

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_setting_changes_the_run(string name)
    {
        var grid = name switch
        {
            "scheme" => "scheme=sequential,continue,alternating2,joint",
            "prompt-terms" => "prompt-terms=both,text,image",
            "generator" => "generator=weaktr,mctformer",
            "matching" => "matching=semples,clims",
            "prompt-length" or "epochs" or "prompt-epochs" => name + "=3,7",
            _ => name + "=.01,.02",
        };
        var preset = AblationPreset.Named("mini-smoke");
        var keys = Sweep.Table([grid]).Rows.Select(row => row.Runs(preset, 0, 0)[0].Key).ToArray();
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Many_rounds_are_as_many_runs_and_no_more()
    {
        var last = Sweep.Table(["scheme=alternating40"]).Rows[0].Runs(AblationPreset.Named("mini-smoke"), 0, 0)[0];
        var store = Path.Combine(Path.GetTempPath(), "no-such-store");
        var plan = new RunQueue(new ResultStore(store), new ExperimentOptions { Folder = store }).Plan([last]);
        // Phase 1, stage a, and b and c of each round.
        Assert.Equal(2 + 2 * 40, plan.Count);
    }

    [Theory]
    [InlineData("lambda", "is not NAME=VALUE")]
    [InlineData("lambda=", "is not NAME=VALUE")]
    [InlineData("beta=1", "no setting 'beta'")]
    [InlineData("lambda=1,1", "there twice")]
    [InlineData("lambda=one", "not a number")]
    [InlineData("lambda=-1", "below 0")]
    [InlineData("prompt-length=0", "at least 1")]
    [InlineData("scheme=alternating", "whole number")]
    [InlineData("mask-epsilon=0", "not above 0")]
    [InlineData("matching=CLIMS", "not semples or clims")]
    [InlineData("generator=deit", "not weaktr or mctformer")]
    public void A_grid_that_can_not_be_run_is_an_error(string grid, string complaint)
    {
        var error = Assert.Throws<ArgumentException>(() => Sweep.Table([grid]));
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_can_not_be_named_twice() => Assert.Throws<ArgumentException>(() => Sweep.Table(["lambda=1", "lambda=2"]));
}
