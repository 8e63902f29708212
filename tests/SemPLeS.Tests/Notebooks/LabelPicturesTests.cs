using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class LabelPicturesTests
{
    private static readonly MiniWorldImages _images = new(0, MiniWorldSet.Train, 4);

    [Fact]
    public void A_row_shows_the_picture_each_labelling_and_the_truth()
    {
        var drawn = LabelPictures.Draw("Labels", _images, [2], [new NamedLabels("empty", Empty)]);

        Assert.Equal(["picture", "empty", "truth"], drawn.Columns);
        var row = Assert.Single(drawn.Rows);
        Assert.StartsWith(_images.Id(2), row.Caption, StringComparison.Ordinal);
        Assert.Equal(
            [_images.Image(2).Pixels, Overlay.Labels(_images.Image(2), Empty(2)).Pixels, Overlay.Labels(_images.Image(2), _images.Truth(2)).Pixels],
            row.Pictures.Select(picture => picture.Image.Pixels));
    }

    [Fact]
    public void The_legend_names_classes_that_only_a_labelling_shows()
    {
        var missing = Enumerable.Range(0, _images.ClassCount).First(k => !_images.Truth(0).Labels.Contains((byte)(k + 1)));

        var drawn = LabelPictures.Draw("Labels", _images, [0], [new NamedLabels("wrong", i => Filled(i, (byte)(missing + 1))), new NamedLabels("ignored", i => Filled(i, LabelMap.Ignore))]);

        Assert.Contains(_images.ClassNames[missing], drawn.Legend.Select(entry => entry.Name));
        Assert.Equal(_images.Truth(0).Labels.Distinct().Count(label => label is not (0 or LabelMap.Ignore)) + 1, drawn.Legend.Count);
    }

    private static LabelMap Empty(int index) => Filled(index, 0);

    private static LabelMap Filled(int index, byte label)
    {
        var truth = _images.Truth(index);
        return new LabelMap(truth.Width, truth.Height, [.. Enumerable.Repeat(label, truth.Labels.Length)]);
    }
}
