using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using FsCheck.Xunit;
using SemPLeS.Data;
using SemPLeS.Evaluation;
using Xunit;

namespace SemPLeS.Tests.Evaluation;

public sealed class ConfusionMatrixTests
{
    public static TheoryData<string> Goldens => [.. TestFolders.GoldenFiles("miou")];

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Intersection_over_union_matches_the_reference(string path)
    {
        var (shape, truth) = Tensor<long>(path, "in.truth");
        var (_, prediction) = Tensor<long>(path, "in.prediction");
        var (_, iou) = Tensor<float>(path, "out.iou");
        var (_, meanIou) = Tensor<float>(path, "out.miou");
        var (height, width) = (shape[1], shape[2]);
        var matrix = new ConfusionMatrix(iou.Length);
        for (var image = 0; image < shape[0]; image++)
            matrix.Add(Map(truth, image), Map(prediction, image));

        var scores = matrix.Scores();

        Assert.Equal(iou.Length, scores.Iou.Count);
        for (var label = 0; label < iou.Length; label++)
        {
            if (iou[label] < 0)
                Assert.True(double.IsNaN(scores.Iou[label]));
            else
                Assert.Equal(iou[label], scores.Iou[label], 1e-6);
        }

        Assert.Equal(meanIou[0], scores.MeanIou, 1e-6);

        LabelMap Map(long[] values, int image) =>
            new(width, height, [.. values.AsSpan(image * width * height, width * height).ToArray().Select(v => (byte)v)]);
    }

    [Fact]
    public void A_label_that_neither_side_has_is_left_out_of_every_mean()
    {
        var matrix = new ConfusionMatrix(4);
        matrix.Add(new LabelMap(4, 1, [0, 0, 1, 1]), new LabelMap(4, 1, [0, 1, 1, 2]));

        var scores = matrix.Scores();

        Assert.Equal([1 / 2.0, 1 / 3.0, 0, double.NaN], scores.Iou);
        Assert.Equal((1 / 2.0 + 1 / 3.0) / 3, scores.MeanIou, 1e-15);
        Assert.Equal((1 / 3.0 + 1) / 2, scores.FalsePositiveRate, 1e-15);
        Assert.Equal((1 / 3.0 + 0) / 2, scores.FalseNegativeRate, 1e-15);
    }

    [Fact]
    public void Pixels_whose_truth_is_to_be_ignored_do_not_count()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(new LabelMap(3, 1, [0, LabelMap.Ignore, 1]), new LabelMap(3, 1, [0, 1, 1]));

        Assert.Equal(1, matrix[0, 0]);
        Assert.Equal(1, matrix[1, 1]);
        Assert.Equal(1, matrix.Scores().MeanIou);
    }

    [Fact]
    public void Without_a_counted_pixel_there_is_no_score()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(new LabelMap(1, 1, [LabelMap.Ignore]), new LabelMap(1, 1, [0]));

        Assert.Throws<InvalidOperationException>(matrix.Scores);
    }

    [Fact]
    public void Maps_of_different_sizes_are_an_error_that_names_both()
    {
        var error = Assert.Throws<ArgumentException>(() => new ConfusionMatrix(2).Add(new LabelMap(2, 3, new byte[6]), new LabelMap(3, 2, new byte[6])));

        Assert.Contains("3x2", error.Message, StringComparison.Ordinal);
        Assert.Contains("2x3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, 0, "truth")]
    [InlineData(0, 7, "prediction")]
    [InlineData(0, LabelMap.Ignore, "prediction")]
    public void A_label_out_of_range_is_an_error_that_names_it_and_counts_nothing(byte truth, byte prediction, string name)
    {
        var matrix = new ConfusionMatrix(7);

        var error = Assert.Throws<ArgumentException>(
            () => matrix.Add(new LabelMap(3, 1, [0, LabelMap.Ignore, truth]), new LabelMap(3, 1, [0, 0, prediction])));

        Assert.Equal(name, error.ParamName);
        Assert.Contains($"{Math.Max(truth, prediction)} at pixel 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, matrix[0, 0]);
    }

    [Fact]
    public void Matrices_of_different_sizes_do_not_merge() =>
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(2).Merge(new ConfusionMatrix(3)));

    [Property(Arbitrary = [typeof(ScoredImages)])]
    public void Merged_workers_count_what_one_counts(ScoredImage[] images)
    {
        var one = new ConfusionMatrix(ScoredImages.Labels);
        var (even, odd) = (new ConfusionMatrix(ScoredImages.Labels), new ConfusionMatrix(ScoredImages.Labels));
        for (var i = 0; i < images.Length; i++)
        {
            var prediction = images[i].Seeds.At(.5f);
            one.Add(images[i].Truth, prediction);
            (i % 2 == 0 ? even : odd).Add(images[i].Truth, prediction);
        }

        even.Merge(odd);

        for (var truth = 0; truth < ScoredImages.Labels; truth++)
        {
            for (var prediction = 0; prediction < ScoredImages.Labels; prediction++)
                Assert.Equal(one[truth, prediction], even[truth, prediction]);
        }
    }

    [Property(Arbitrary = [typeof(ScoredImages)])]
    public void Mean_intersection_and_both_error_rates_of_the_objects_sum_to_one(ScoredImage image)
    {
        var matrix = new ConfusionMatrix(ScoredImages.Labels);
        matrix.Add(image.Truth, image.Seeds.At(.5f));
        var scores = matrix.Scores();
        var objects = scores.Iou.Skip(1).Where(v => !double.IsNaN(v)).ToArray();

        if (objects.Length == 0)
            Assert.True(double.IsNaN(scores.FalsePositiveRate));
        else
            Assert.Equal(1, objects.Average() + scores.FalsePositiveRate + scores.FalseNegativeRate, 1e-12);
    }

    private static (int[] Shape, T[] Values) Tensor<T>(string path, string name)
        where T : unmanaged
    {
        var bytes = File.ReadAllBytes(path);
        var header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var entry = JsonSerializer.Deserialize<JsonElement>(bytes.AsSpan(8, header)).GetProperty(name);
        var offsets = entry.GetProperty("data_offsets").Deserialize<int[]>()!;
        return (entry.GetProperty("shape").Deserialize<int[]>()!, MemoryMarshal.Cast<byte, T>(bytes.AsSpan(8 + header)[offsets[0]..offsets[1]]).ToArray());
    }
}
