using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;
using SemPLeS.Experiments;
using SemPLeS.Notebooks;
using SemPLeS.Tests.Experiments.Paper;
using SemPLeS.Tests.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Notebooks;

public sealed class ManualPromptTests : IDisposable
{
    private readonly ClipModel _clip = ClipStart.Random(SmallStages.Clips, new RandomStream(0));
    private readonly Tensor _manual = rand([3, SmallStages.Clips.EmbeddingSize]);
    private readonly Tensor _learned = rand([3, SmallStages.Clips.EmbeddingSize]);

    public void Dispose()
    {
        _clip.Dispose();
        _manual.Dispose();
        _learned.Dispose();
    }

    [Fact]
    public void The_five_columns_are_picture_most_and_least_similar_all_and_learned()
    {
        PromptMaps manual = new(_clip, _manual, CPU), learned = new(_clip, _learned, CPU);
        string[] names = ["water", "sky", "grass"];

        var drawn = ManualPromptPictures.Draw(SmallStages.Images, [2], manual, names, learned);

        var image = SmallStages.Images.Image(2);
        var order = Enumerable.Range(0, 3).OrderBy(text => manual.Whole(image)[text]).ToArray();
        float[][] maps = [manual.Draw(image, order[2]), manual.Draw(image, order[0]), manual.DrawAll(image), learned.Draw(image, SmallStages.Images.Labels(2)[0])];
        var row = Assert.Single(drawn.Rows);
        Assert.Equal([image.Pixels, .. maps.Select(map => Overlay.Heat(image, map).Pixels)], row.Pictures.Select(picture => picture.Image.Pixels));
        Assert.Contains($"most similar: {names[order[2]]}", row.Caption, StringComparison.Ordinal);
        Assert.Contains($"least: {names[order[0]]}", row.Caption, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("names", () => ManualPromptPictures.Draw(SmallStages.Images, [2], manual, ["water"], learned));
    }

    [Fact]
    public void All_prompts_together_take_the_greatest_cosine_of_each_patch()
    {
        var image = SmallStages.Images.Image(0);
        using var same = cat([_manual.narrow(0, 1, 1), _manual.narrow(0, 1, 1)]);
        Assert.All(new PromptMaps(_clip, _manual, CPU).Draw(image, 1).Zip(new PromptMaps(_clip, same, CPU).DrawAll(image)), pair => Assert.Equal(pair.First, pair.Second, 4));
        Assert.NotEqual(new PromptMaps(_clip, _manual, CPU).Draw(image, 1), new PromptMaps(_clip, _manual, CPU).DrawAll(image));
    }

    [Fact]
    public void The_nearest_words_stand_in_order_with_their_cosines_and_the_truth()
    {
        var table = NearestTexts.Table(["boat", "cow"], ["water", "sky", "grass"], new[,] { { .5, -.1, .2 }, { 0, .25, .75 } }, ["water", "grass"], count: 2);

        Assert.Equal(["prompt of", "1.", "2.", "its background is"], table.Columns.Select(column => column.Heading));
        Assert.Equal([["boat", "water (0.50)", "grass (0.20)", "water"], ["cow", "grass (0.75)", "sky (0.25)", "grass"]], table.Rows);
        Assert.Throws<ArgumentException>(() => NearestTexts.Table(["boat"], ["water"], new double[2, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestTexts.Table(["boat"], ["water"], new double[1, 1], count: 2));
    }

    [Fact]
    public void Photographs_are_not_measured_until_prompts_were_learned_and_then_have_the_five_columns()
    {
        using var paper = new SmallPaper();
        var store = new ResultStore(Path.Combine(paper.Root, "store"));
        var missing = Assert.IsType<TableSection>(PhotographPrompts.Show(paper.Data with { Folder = "no-such-folder" }, store, CPU));
        Assert.Contains("./semples doctor --preset voc12", missing.Text, StringComparison.Ordinal);
        var before = Assert.IsType<TableSection>(PhotographPrompts.Show(paper.Data, store, CPU));
        Assert.Equal("not measured", before.Rows[0][0]);

        var run = AblationPreset.Of(paper.Data).Runs(0, 0, new StageVariation()).LastPrompts;
        _ = new RunQueue(store, new ExperimentOptions { Folder = store.Folder, Workers = 1 }).Run([run]);

        var shown = Assert.IsType<PictureSection>(PhotographPrompts.Show(paper.Data, store, CPU));
        Assert.Equal((2, 5), (shown.Rows.Count, shown.Columns.Count));
    }
}
