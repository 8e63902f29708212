using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>Where in a picture CLIP sees what a text says (paper, Fig. 4): the cosine of the text with every patch.</summary>
public static class PatchSimilarity
{
    /// <summary>Compares texts with the patches of images; nothing learns from it.</summary>
    /// <param name="clip">The image encoder.</param>
    /// <param name="images">(B, 3, H, W), normalised, of the size that this CLIP sees.</param>
    /// <param name="textFeatures">(T, D): texts or prompts, normalised or not, on the CLIP's device.</param>
    /// <returns>(B, T, rows, columns) in -1..1.</returns>
    /// <exception cref="ArgumentException">The images or the features have another shape.</exception>
    public static Tensor Of(ClipModel clip, Tensor images, Tensor textFeatures)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(textFeatures);
        if (textFeatures.shape is not [>= 1, var width] || width != clip.Settings.EmbeddingSize)
        {
            throw new ArgumentException(
                $"Text features of shape [{string.Join(", ", textFeatures.shape)}] are not (T, {clip.Settings.EmbeddingSize}).", nameof(textFeatures));
        }

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var patches = clip.EncodePatches(images).Normalised();
        var cosines = patches.matmul(textFeatures.Normalised().t()).transpose(1, 2);
        return cosines.reshape(images.shape[0], textFeatures.shape[0], clip.Settings.Grid, clip.Settings.Grid).MoveToOuterDisposeScope();
    }
}
