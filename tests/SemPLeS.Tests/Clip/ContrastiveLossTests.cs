using SemPLeS.Clip;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Clip;

public sealed class ContrastiveLossTests
{
    // Images along the axes, texts too; the third image has the first one's text.
    private static readonly float[] Captions = [1, 0, 0, 1, 1, 0];

    [Fact]
    public void Equal_texts_share_the_target_evenly()
    {
        using var scope = NewDisposeScope();
        var images = tensor(new float[] { 3, 0, 0, 2, 5, 0 }, [3, 2]);
        var texts = tensor(new float[] { 7, 0, 0, .5f }, [2, 2]);
        var loss = ContrastiveLoss.Compute(images, texts, tensor(Captions, [3, 2]), tensor(new[] { MathF.Log(2) }).squeeze());

        // Cosines 1 and 0, times 2: of rows 1 and 3, two texts right, sharing the target; of row 2 one.
        var shared = Math.Log(2 * Math.Exp(2) + 1) - 2;
        var single = Math.Log(Math.Exp(2) + 2) - 2;
        Assert.Equal((2 * shared + single) / 3, loss.item<float>(), 1e-5);
    }

    [Fact]
    public void The_scale_is_clamped_at_100()
    {
        using var scope = NewDisposeScope();
        var (images, texts, captions) = (Clips.Values(3, 4), Clips.Values(2, 4), tensor(Captions, [3, 2]));
        var scale = tensor(new[] { 7f }).squeeze().requires_grad_();
        var loss = ContrastiveLoss.Compute(images, texts, captions, scale);
        Assert.Equal(ContrastiveLoss.Compute(images, texts, captions, tensor(new[] { MathF.Log(100) }).squeeze()).item<float>(), loss.item<float>(), 1e-3);
        loss.backward();
        Assert.Equal(0, scale.grad!.item<float>());
    }
}
