using SemPLeS.Experiments;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class StageTablesTests
{
    [Fact]
    public void One_world_stands_beside_the_references_range()
    {
        var table = StageTables.Stages([.. Records("0", 35, 40, 44)]);
        Assert.Equal(["stage", "seed mIoU", "reference", "false act.", "reference", "mIoU, val", "false, val", "seconds"], table.Columns.Select(column => column.Heading));
        Assert.Equal(["phase 1", "35.0", "32–41", "30.0", "26–51", "–", "–", "20"], table.Rows[0]);
        Assert.Equal(["stage c", "44.0", "35–48", "30.0", "16–51", "–", "–", "20"], table.Rows[2]);
    }

    [Fact]
    public void Several_worlds_are_summed_up_and_the_gain_is_shown_for_each()
    {
        ResultRecord[] records = [.. Records("0", 35, 40, 44), .. Records("3", 31, 38, 37.5)];
        Assert.Equal("33.0 ± 2.8", StageTables.Stages(records).Rows[0][1]);
        // The mean and range of the prototype's five worlds.
        Assert.Equal("34.7: 32–41", StageTables.Stages(records).Rows[0][2]);
        var worlds = StageTables.Worlds(records);
        Assert.Equal(["stage", "world 0", "world 3"], worlds.Columns.Select(column => column.Heading));
        Assert.Equal(["stage a", "40.0 (30)", "38.0 (30)"], worlds.Rows[1]);
        Assert.Equal(["c - a", "+4.0", "-0.5"], Assert.Single(worlds.Summary));
    }

    [Fact]
    public void Masks_stand_beside_the_seeds_they_come_from_and_the_upper_bound_under_them()
    {
        ResultRecord[] records =
        [
            .. Records("0", 35, 40, 44),
            Record("stage-c", "train", "mask_crf_miou", 46),
            Record("stage-c", "train", "mask_retrained_miou", 48),
            Record("stage-c", "val", "val_retrained_miou", 47),
            Record("stage-c", "train", "retraining_seconds", 70),
            Record("supervised", "train", "mask_retrained_miou", 76),
            Record("supervised", "val", "val_retrained_miou", 74),
        ];
        Assert.Equal([["stage c", "44.0", "46.0", "48.0", "47.0", "70"], ["supervised", "–", "–", "76.0", "74.0", "–"]], StageTables.Segmentation(records)!.Rows);
        Assert.Equal([], StageTables.Stages(records).Rows.Select(row => row[0]).Where(name => name == "supervised"));
        Assert.Null(StageTables.Segmentation([.. Records("0", 35, 40, 44)]));
    }

    private static ResultRecord Record(string row, string split, string metric, double value) => new("mini", "0", 0, row, split, metric, value);

    private static IEnumerable<ResultRecord> Records(string world, params double[] seedMiou) => new[] { "phase-1", "stage-a", "stage-c" }.Zip(seedMiou).SelectMany(row => new[]
    {
        new ResultRecord("mini", world, 0, row.First, "train", "seed_miou", row.Second),
        new ResultRecord("mini", world, 0, row.First, "train", "false_activation", 30),
        new ResultRecord("mini", world, 0, row.First, "train", "seconds", 20),
    });
}
