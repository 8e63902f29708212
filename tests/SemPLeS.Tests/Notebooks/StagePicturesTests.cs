using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.Notebooks;
using SemPLeS.PseudoMasks;
using SemPLeS.Tests.MaskGenerator;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Notebooks;

public sealed class StagePicturesTests
{
    private static readonly MiniWorldImages _images = new(0, MiniWorldSet.Train, 4);

    [Fact]
    public void Mistakes_of_the_truth_are_none()
    {
        var drawn = MistakePictures.Draw("Mistakes", _images, [2], [new NamedLabels("perfect", _images.Truth), new NamedLabels("empty", Empty)]);

        Assert.Equal(["picture", "truth", "perfect", "empty"], drawn.Columns);
        var (image, pictures) = (_images.Image(2), Assert.Single(drawn.Rows).Pictures);
        Assert.Equal(Overlay.Mistakes(image, Empty(2), Empty(2)).Pixels, pictures[2].Image.Pixels);
        Assert.Equal(Overlay.Mistakes(image, Empty(2), _images.Truth(2)).Pixels, pictures[3].Image.Pixels);
    }

    [Fact]
    public void A_row_has_what_each_mask_cuts_out_and_leaves_with_a_box_around_what_is_not_the_class()
    {
        using var generator = Generator();
        var label = _images.Labels(2)[0];
        var mask = new CamExtractor(generator, MiniPreset.Seeds.Cams, CPU).Extract(_images.Image(2), [label]).Map(0).ToArray();
        var foreground = MaskedPicture.Of(_images.Image(2), mask, ChannelStatistics.ImageNet);
        var box = PixelBox.AroundLargest([.. mask.Select((value, i) => value > .5f && _images.Truth(2).Labels[i] != label + 1)], 64);

        var drawn = PairPictures.Draw(_images, [2], [new NamedGenerator("some", generator)], MiniPreset.Seeds.Cams, ChannelStatistics.ImageNet, CPU);

        Assert.Equal(["picture", "cut out, some", "the rest, some"], drawn.Columns);
        var pictures = Assert.Single(drawn.Rows).Pictures;
        Assert.Equal(Overlay.Box(foreground, Assert.NotNull(box)).Pixels, pictures[1].Image.Pixels);
        Assert.Equal(MaskedPicture.Of(_images.Image(2), [.. mask.Select(value => 1 - value)], ChannelStatistics.ImageNet).Pixels, pictures[2].Image.Pixels);
    }

    [Fact]
    public void Methods_stand_side_by_side_each_with_its_CAM_of_the_first_class()
    {
        using var generator = Generator();
        var cams = new CamExtractor(generator, MiniPreset.Seeds.Cams, CPU);

        var drawn = MethodPictures.Draw(_images, [2, 0], [new NamedCams("one", cams), new NamedCams("two", cams)]);

        Assert.Equal(["picture", "truth", "one", "two"], drawn.Columns);
        Assert.Equal(2, drawn.Rows.Count);
        var image = _images.Image(2);
        Assert.All(drawn.Rows[0].Pictures.Skip(2), picture => Assert.Equal(Overlay.Heat(image, cams.Extract(image, _images.Labels(2)).Map(0)).Pixels, picture.Image.Pixels));
        Assert.Throws<ArgumentException>("methods", () => MethodPictures.Draw(_images, [2], []));
    }

    [Fact]
    public void Steps_of_a_CAM_and_attention_are_drawn_over_the_picture()
    {
        using var generator = Generator();
        var (steps, image) = (new CamSteps(generator, CPU), _images.Image(2));

        var anatomy = Assert.Single(CamStepPictures.Draw(_images, [2], steps).Rows).Pictures;
        var attention = Assert.Single(CamStepPictures.Attention(_images, [2], steps, patch: 8).Rows).Pictures;

        Assert.Equal(2 + CamSteps.Names.Count, anatomy.Count);
        Assert.Equal(Overlay.Heat(image, steps.Extract(image, _images.Labels(2))[^1].Map(0)).Pixels, anatomy[^1].Image.Pixels);
        var boxes = Enumerable.Range(0, 64).Select(i => new PixelBox(i % 8 * 8, i / 8 * 8, 8, 8)).ToArray();
        int OfObject(PixelBox box) => box.Pixels(64).Count(i => _images.Truth(2).Labels[i] != 0);
        Assert.Contains(attention[1].Image.Pixels, Drawn(boxes.Where(box => OfObject(box) == boxes.Max(OfObject))));
        Assert.Contains(attention[2].Image.Pixels, Drawn(boxes.Where(box => OfObject(box) == boxes.Min(OfObject))));

        IEnumerable<byte[]> Drawn(IEnumerable<PixelBox> some) => some.Select(box => Overlay.Box(Overlay.Heat(image, steps.PatchAttention(image, box.Left, box.Top)), box).Pixels);
    }

    private static LabelMap Empty(int index) => new(64, 64, new byte[64 * 64]);

    private static WeakTrGenerator Generator()
    {
        var generator = GeneratorStart.Random(Generators.Mini, new RandomStream(3));
        generator.eval();
        return generator;
    }
}
