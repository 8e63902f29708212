using SemPLeS.Data;
using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>What CLIP makes of parts of a picture: the cosine of each with each text (paper, Fig. 2).</summary>
public static class TextSimilarity
{
    private const int Batch = 64;

    /// <summary>Compares parts of a picture with texts; nothing learns from it.</summary>
    /// <param name="clip">The CLIP, on <paramref name="device"/>.</param>
    /// <param name="image">The picture, of the size that this CLIP sees.</param>
    /// <param name="masks">Each height x width values in 0..1, row-major; they multiply the normalised picture, so that 0 shows the mean colour.</param>
    /// <param name="textFeatures">(T, D): texts or prompts, normalised or not, on the device.</param>
    /// <param name="device">Where the CLIP is.</param>
    /// <returns>texts x masks cosines in -1..1.</returns>
    /// <exception cref="ArgumentException">Picture, masks or features have another size.</exception>
    public static double[,] Of(ClipModel clip, RgbImage image, IReadOnlyList<float[]> masks, Tensor textFeatures, Device device)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(masks);
        ArgumentNullException.ThrowIfNull(textFeatures);
        var side = clip.Settings.ImageSize;
        if (image.Width != side || image.Height != side)
            throw new ArgumentException($"The picture has {image.Width}x{image.Height} pixels, this CLIP sees {side}x{side}.", nameof(image));
        if (masks.FirstOrDefault(mask => mask.Length != side * side) is { } odd)
            throw new ArgumentException($"A mask of {odd.Length} values does not fit a picture of {side}x{side}.", nameof(masks));
        if (textFeatures.shape is not [>= 1, var width] || width != clip.Settings.EmbeddingSize)
            throw new ArgumentException($"Text features of shape [{string.Join(", ", textFeatures.shape)}] are not (T, {clip.Settings.EmbeddingSize}).", nameof(textFeatures));

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var pixels = new float[3 * side * side];
        clip.Settings.Statistics.Normalise(image, pixels);
        var shown = tensor([.. masks.SelectMany(mask => mask)], [masks.Count, 1, side, side]) * tensor(pixels, [1, 3, side, side]);
        return Between(textFeatures, clip.EncodeImage(shown.to(device)));
    }

    /// <summary>Compares whole pictures with texts; nothing learns from it.</summary>
    /// <param name="clip">The CLIP, on <paramref name="device"/>.</param>
    /// <param name="images">The pictures, of the size that this CLIP sees.</param>
    /// <param name="textFeatures">(T, D): texts or prompts, normalised or not, on the device.</param>
    /// <param name="device">Where the CLIP is.</param>
    /// <returns>texts x pictures cosines in -1..1.</returns>
    /// <exception cref="ArgumentException">There is no picture, or one or the features have another size.</exception>
    public static double[,] Of(ClipModel clip, IReadOnlyList<RgbImage> images, Tensor textFeatures, Device device)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(textFeatures);
        var side = clip.Settings.ImageSize;
        if (images.Count == 0)
            throw new ArgumentException("There is no picture to compare.", nameof(images));
        if (images.FirstOrDefault(image => image.Width != side || image.Height != side) is { } odd)
            throw new ArgumentException($"A picture has {odd.Width}x{odd.Height} pixels, this CLIP sees {side}x{side}.", nameof(images));

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var length = 3 * side * side;
        var features = images.Chunk(Batch).Select(part =>
        {
            var pixels = new float[part.Length * length];
            for (var i = 0; i < part.Length; i++)
                clip.Settings.Statistics.Normalise(part[i], pixels.AsSpan(i * length, length));
            return clip.EncodeImage(tensor(pixels, [part.Length, 3, side, side]).to(device));
        });
        return Between(textFeatures, cat(features.ToArray()));
    }

    /// <summary>The cosine of each feature with each other one, such as of learned prompts with the texts of backgrounds.</summary>
    /// <param name="first">(n, D), normalised or not.</param>
    /// <param name="second">(m, D), on the same device.</param>
    /// <returns>n x m cosines in -1..1.</returns>
    /// <exception cref="ArgumentException">The features have no common width.</exception>
    public static double[,] Between(Tensor first, Tensor second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.shape is not [>= 1, var width] || second.shape is not [>= 1, var other] || other != width)
            throw new ArgumentException($"Features of shapes [{string.Join(", ", first.shape)}] and [{string.Join(", ", second.shape)}] can't be compared.", nameof(second));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var cosines = first.Normalised().matmul(second.Normalised().t()).cpu().data<float>().ToArray();
        var table = new double[first.shape[0], second.shape[0]];
        for (var i = 0; i < cosines.Length; i++)
            table[i / table.GetLength(1), i % table.GetLength(1)] = cosines[i];
        return table;
    }

    /// <summary>Features of length 1.</summary>
    internal static Tensor Normalised(this Tensor features) => features * features.square().sum([-1], keepdim: true).rsqrt();
}
