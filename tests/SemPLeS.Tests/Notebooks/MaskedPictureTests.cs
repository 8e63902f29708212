using SemPLeS.Data;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class MaskedPictureTests
{
    private static readonly RgbImage Image = new(2, 1, [10, 20, 30, 200, 210, 220]);

    [Fact]
    public void What_the_mask_hides_has_the_mean_colour()
    {
        var statistics = new ChannelStatistics([.2f, .4f, .6f], [1, 1, 1]);
        Assert.Equal(new byte[] { 10, 20, 30, 51, 102, 153 }, MaskedPicture.Of(Image, [1, 0], statistics).Pixels);
        // (10 + 50) / 2, (20 + 102) / 2, (30 + 154) / 2.
        var half = new ChannelStatistics([50 / 255f, 102 / 255f, 154 / 255f], [1, 1, 1]);
        Assert.Equal(new byte[] { 30, 61, 92, 200, 210, 220 }, MaskedPicture.Of(Image, [.5f, 1], half).Pixels);
    }

    [Fact]
    public void A_mask_of_another_size_is_an_error() =>
        Assert.Throws<ArgumentException>(() => MaskedPicture.Of(Image, [1, 0, 1], ChannelStatistics.ImageNet));
}
