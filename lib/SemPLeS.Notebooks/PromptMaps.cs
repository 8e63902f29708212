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
    /// <summary>A row for each chosen picture: the picture, and where each text is seen in it.</summary>
    /// <param name="heading">The heading.</param>
    /// <param name="images">The pictures.</param>
    /// <param name="chosen">Which of them.</param>
    /// <param name="names">What stands above the map of each text.</param>
    /// <exception cref="ArgumentException">The names are not as many as the texts.</exception>
    public PictureSection Draw(string heading, ILabelledImages images, IReadOnlyList<int> chosen, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != features.shape[0])
            throw new ArgumentException($"{names.Count} names don't fit {features.shape[0]} texts.", nameof(names));
        return new PictureSection(heading, ["picture", .. names], [.. chosen.Select(Row)])
        {
            Text = "Cosine of the text with each patch, from the least in the picture (0) to the greatest (1).",
            HasHeatScale = true,
            HeatName = "cosine, scaled",
        };

        PictureRow Row(int index)
        {
            var (image, classes) = (images.Image(index), SeedPictures.Names(images, index));
            return new PictureRow($"{images.Id(index)}: {classes}",
            [
                new Picture(image, $"Picture of {classes}"),
                .. names.Select((name, text) => new Picture(Overlay.Heat(image, Draw(image, text)), $"Similarity to {name}")),
            ]);
        }
    }

    /// <summary>Where a text is seen most: the first pixel, counted row by row, at which <see cref="Draw(RgbImage, int)"/> is greatest.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="index">The text: 0 to n - 1.</param>
    public int Peak(RgbImage image, int index)
    {
        var map = Draw(image, index);
        return Array.IndexOf(map, map.Max());
    }

    /// <summary>The cosine of a text with the patches of a picture, enlarged bilinearly.</summary>
    /// <param name="image">The picture, squashed to what the CLIP sees.</param>
    /// <param name="index">The text: 0 to n - 1; of prompts, the class.</param>
    /// <returns>height x width values, brought to 0..1 within the picture.</returns>
    public float[] Draw(RgbImage image, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, features.shape[0]);
        return Draw(image, cosines => cosines.narrow(1, index, 1));
    }

    /// <summary>All texts together: the greatest cosine of any of them with each patch, enlarged and scaled like one text's.</summary>
    /// <param name="image">The picture, squashed to what the CLIP sees.</param>
    /// <returns>height x width values, brought to 0..1 within the picture.</returns>
    public float[] DrawAll(RgbImage image) => Draw(image, cosines => cosines.amax([1], keepdim: true));

    /// <summary>How like the whole picture each text is.</summary>
    /// <param name="image">The picture, squashed to what the CLIP sees.</param>
    /// <returns>n cosines in -1..1.</returns>
    public double[] Whole(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var side = clip.Settings.ImageSize;
        var cosines = TextSimilarity.Of(clip, [Resampler.Resize(image, side, side, ResampleFilter.Bicubic)], features, device);
        return [.. Enumerable.Range(0, cosines.GetLength(0)).Select(text => cosines[text, 0])];
    }

    private float[] Draw(RgbImage image, Func<Tensor, Tensor> choose)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var scope = NewDisposeScope();
        var side = clip.Settings.ImageSize;
        var values = new float[3 * side * side];
        clip.Settings.Statistics.Normalise(Resampler.Resize(image, side, side, ResampleFilter.Bicubic), values);
        var cosines = choose(PatchSimilarity.Of(clip, tensor(values, [1, 3, side, side]).to(device), features));
        var map = nn.functional.interpolate(cosines, [image.Height, image.Width], mode: InterpolationMode.Bilinear, align_corners: false);
        var (least, most) = (map.min(), map.max());
        return ((map - least) / (most - least + 1e-8)).cpu().data<float>().ToArray();
    }
}
