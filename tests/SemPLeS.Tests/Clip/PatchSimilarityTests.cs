using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Tests.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Clip;

public sealed class PatchSimilarityTests : IDisposable
{
    private readonly ClipModel _clip = ClipStart.Random(SmallStages.Clips, new RandomStream(3));
    private readonly Tensor _images = rand([2, 3, SmallStages.Clips.ImageSize, SmallStages.Clips.ImageSize]);

    public void Dispose()
    {
        _clip.Dispose();
        _images.Dispose();
    }

    [Fact]
    public void A_patchs_own_feature_is_most_like_that_patch()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var patches = _clip.EncodePatches(_images);
        var grid = _clip.Settings.Grid;
        for (var patch = 0; patch < grid * grid; patch++)
        {
            var map = PatchSimilarity.Of(_clip, _images, patches.select(0, 1).narrow(0, patch, 1) * 7);
            Assert.Equal([2, 1, grid, grid], map.shape);
            Assert.Equal(1, map[1, 0, patch / grid, patch % grid].item<float>(), 1e-5);
        }
    }

    [Fact]
    public void Features_of_another_size_are_an_error()
    {
        using var features = rand([2, _clip.Settings.EmbeddingSize + 1]);
        Assert.Throws<ArgumentException>(() => PatchSimilarity.Of(_clip, _images, features));
    }
}
