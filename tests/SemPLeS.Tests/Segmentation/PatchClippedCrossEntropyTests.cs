using SemPLeS.Data;
using SemPLeS.Segmentation;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Segmentation;

public sealed class PatchClippedCrossEntropyTests
{
    private const int Labels = 3;

    [Theory]
    [InlineData(4, 4, 2)]
    [InlineData(5, 7, 3)]
    [InlineData(3, 3, 9)]
    public void The_loss_is_that_of_its_definition_where_patches_do_not_divide_the_image_too(int height, int width, int patch)
    {
        var random = new RandomStream(3, height);
        var logits = new float[2 * Labels * height * width];
        random.FillNormal(logits, standardDeviation: 2);
        long[] labels = [.. Enumerable.Range(0, 2 * height * width).Select(_ => random.Chance(.2) ? LabelMap.Ignore : (long)random.Below(Labels))];

        Assert.Equal(Reference(logits, labels, height, width, patch), Loss(logits, labels, height, width, new(100, patch)), 1e-5);
        Assert.Equal(Reference(logits, labels, height, width, null), Loss(logits, labels, height, width, new(0, patch)), 1e-5);
    }

    [Fact]
    public void Pixels_above_the_cap_do_not_teach()
    {
        using var scope = NewDisposeScope();
        // One pixel of four is wrong by far: its loss is above the mean of batch and patch.
        var logits = new Parameter(tensor([5f, 5, 5, -5, -5, -5, -5, 5], [1, 2, 2, 2]));
        var labels = zeros([1, 2, 2], ScalarType.Int64);
        new PatchClippedCrossEntropy(100, 2).Compute(logits, labels).backward();
        var gradients = logits.grad!.data<float>().ToArray();

        Assert.Equal(0, gradients[3]);
        Assert.All(gradients[..3], value => Assert.True(value < 0));
        using var plain = new Parameter(logits.detach().clone());
        new PatchClippedCrossEntropy(0, 2).Compute(plain, labels).backward();
        Assert.True(plain.grad!.data<float>().ToArray()[3] < -.2f);
    }

    [Fact]
    public void An_image_without_labelled_pixels_has_loss_0()
    {
        using var scope = NewDisposeScope();
        var labels = full([1, 4, 4], (long)LabelMap.Ignore, ScalarType.Int64);

        Assert.Equal(0, new PatchClippedCrossEntropy(1.2, 2).Compute(ones([1, 2, 4, 4]), labels).item<float>());
    }

    [Fact]
    public void Labels_of_another_shape_are_an_error()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => new PatchClippedCrossEntropy().Compute(ones([1, 2, 4, 4]), zeros([1, 4, 5], ScalarType.Int64)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PatchClippedCrossEntropy(ClipPatch: 0));
    }

    private static double Loss(float[] logits, long[] labels, int height, int width, PatchClippedCrossEntropy loss)
    {
        using var scope = NewDisposeScope();
        return loss.Compute(tensor(logits, [2, Labels, height, width]), tensor(labels, [2, height, width])).item<float>();
    }

    private static double Reference(float[] logits, long[] labels, int height, int width, int? patch)
    {
        var area = height * width;
        var losses = labels.Select((label, i) => label == LabelMap.Ignore ? 0 : Entropy(i / area, i % area, (int)label)).ToArray();
        var mean = losses.Average();
        if (patch is null)
            return mean;
        return losses.Select((loss, i) => Math.Min(loss, Math.Max(mean, PatchMean(i % area / width / patch.Value, i % width / patch.Value)))).Average();

        double Entropy(int image, int pixel, int label)
        {
            var scores = Enumerable.Range(0, Labels).Select(k => (double)logits[(image * Labels + k) * area + pixel]).ToArray();
            return Math.Log(scores.Sum(Math.Exp)) - scores[label];
        }

        double PatchMean(int row, int column) => losses.Where((_, i) => i % area / width / patch.Value == row && i % area % width / patch.Value == column).Average();
    }
}
