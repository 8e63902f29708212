using SemPLeS.Clip;
using SemPLeS.Data;
using static TorchSharp.torch;

namespace SemPLeS.Notebooks;

/// <summary>Where in a picture CLIP sees what texts or learned prompts describe (paper, Fig. 4).</summary>
/// <param name="clip">The CLIP; it remains the caller's.</param>
/// <param name="features">(n, D): the features of texts or prompts, on <paramref name="device"/>; they remain the caller's.</param>
/// <param name="device">Where the CLIP is.</param>
public sealed class PromptMaps(ClipModel clip, Tensor features, Device device)
{
    /// <summary>The cosine of a text with the patches of a picture, enlarged bilinearly.</summary>
    /// <param name="image">The picture, squashed to what the CLIP sees.</param>
    /// <param name="index">The text: 0 to n - 1; of prompts, the class.</param>
    /// <returns>height x width values, brought to 0..1 within the picture.</returns>
    public float[] Draw(RgbImage image, int index)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, features.shape[0]);
        using var scope = NewDisposeScope();
        var side = clip.Settings.ImageSize;
        var values = new float[3 * side * side];
        clip.Settings.Statistics.Normalise(Resampler.Resize(image, side, side, ResampleFilter.Bicubic), values);
        var cosines = PatchSimilarity.Of(clip, tensor(values, [1, 3, side, side]).to(device), features.narrow(0, index, 1));
        var map = nn.functional.interpolate(cosines, [image.Height, image.Width], mode: InterpolationMode.Bilinear, align_corners: false);
        var (least, most) = (map.min(), map.max());
        return ((map - least) / (most - least + 1e-8)).cpu().data<float>().ToArray();
    }
}
