using FsCheck.Xunit;
using SemPLeS.Data;
using SemPLeS.Evaluation;
using Xunit;

namespace SemPLeS.Tests.Evaluation;

public sealed class FalseActivationTests
{
    private const int Classes = ScoredImages.Labels - 1;

    [Fact]
    public void Only_the_own_background_of_a_class_in_the_image_counts()
    {
        // Pixels: object before its background; own background, activated; own background, not activated; own background of an absent
        // class; neutral background.
        var truth = new LabelMap(5, 1, [1, 0, 0, 0, 0]);
        var background = new LabelMap(5, 1, [1, 1, 1, 2, 0]);
        float[] cams = [1, .75f, .25f, .5f, .5f, 0, 0, 0, 0, 0];
        var activation = new FalseActivation(new FixedThreshold(.5));

        activation.Add(truth, background, [true, false], SeedMap.FromCams(5, 1, cams), cams);

        Assert.Equal(2, activation.Pixels);
        Assert.Equal(.5, activation.MeanCam, 1e-9);
        Assert.Equal(.5, activation.Share(.5f));
    }

    [Property(Arbitrary = [typeof(ScoredImages)])]
    public void The_share_at_a_threshold_is_that_of_its_label_map(ScoredImage image)
    {
        // The true labels, turned round, serve as backgrounds.
        var background = new LabelMap(image.Truth.Width, image.Truth.Height, [.. image.Truth.Labels.Select(v => (byte)(v == LabelMap.Ignore ? 0 : v)).Reverse()]);
        bool[] present = [true, false, true];
        var activation = new FalseActivation(ScoredImages.Rule);

        activation.Add(image.Truth, background, present, image.Seeds, image.Cams);

        var pixels = image.Truth.Labels.Length;
        var own = Enumerable.Range(0, pixels).Where(i => image.Truth.Labels[i] == 0 && background.Labels[i] > 0 && present[background.Labels[i] - 1]).ToArray();
        Assert.Equal(own.Length, activation.Pixels);
        if (own.Length == 0)
        {
            Assert.True(double.IsNaN(activation.MeanCam));
            return;
        }

        Assert.Equal(own.Average(i => (double)image.Cams[(background.Labels[i] - 1) * pixels + i]), activation.MeanCam, 1e-8);
        foreach (var threshold in ScoredImages.Rule.Levels)
        {
            var labels = image.Seeds.At(threshold).Labels;
            Assert.Equal(own.Count(i => labels[i] == background.Labels[i]) / (double)own.Length, activation.Share(threshold));
        }
    }

    [Property(Arbitrary = [typeof(ScoredImages)])]
    public void Merged_workers_count_what_one_counts(ScoredImage first, ScoredImage second)
    {
        var (one, left, right) = (new FalseActivation(ScoredImages.Rule), new FalseActivation(ScoredImages.Rule), new FalseActivation(ScoredImages.Rule));
        Add(one, first);
        Add(one, second);
        Add(left, second);
        Add(right, first);

        left.Merge(right);

        Assert.Equal(one.Pixels, left.Pixels);
        Assert.Equal(one.MeanCam, left.MeanCam);
        Assert.Equal(ScoredImages.Rule.Levels.Select(one.Share), ScoredImages.Rule.Levels.Select(left.Share));

        static void Add(FalseActivation activation, ScoredImage image) =>
            activation.Add(image.Truth, new LabelMap(image.Truth.Width, image.Truth.Height, [.. image.Truth.Labels.Select(_ => (byte)2)]), [true, true, true], image.Seeds, image.Cams);
    }

    [Fact]
    public void Misuse_is_an_error_that_names_the_argument()
    {
        var map = new LabelMap(2, 1, [0, 0]);
        var seeds = new SeedMap(2, 1, [0, 0], [0, 0]);
        var activation = new FalseActivation(new FixedThreshold(.5));

        Assert.Throws<ArgumentException>("background", () => activation.Add(map, new LabelMap(1, 2, [0, 0]), new bool[Classes], seeds, new float[6]));
        Assert.Throws<ArgumentException>("background", () => activation.Add(map, new LabelMap(2, 1, [0, 4]), new bool[Classes], seeds, new float[6]));
        Assert.Throws<ArgumentException>("seeds", () => activation.Add(map, map, new bool[Classes], new SeedMap(1, 1, [0], [0]), new float[6]));
        Assert.Throws<ArgumentException>("cams", () => activation.Add(map, map, new bool[Classes], seeds, new float[5]));
        Assert.Throws<ArgumentException>("threshold", () => activation.Share(.4f));
        Assert.Throws<ArgumentException>("other", () => activation.Merge(new FalseActivation(new FixedThreshold(.4))));
    }
}
