using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Weights;
using static TorchSharp.torch;

namespace SemPLeS.Segmentation;

/// <summary>The weights that a Segmenter's training starts from. Every random number comes from the stream that is given.</summary>
public static class SegmenterStart
{
    private const string Encoder = "encoder.";

    /// <summary>
    /// Random weights: N(0, .02) for linear layers, tokens, label embeddings and positions, N(0, 1/width) for the mask transformer's two projections, biases 0;
    /// patch embedding uniform in +-1/sqrt(fan in).
    /// </summary>
    /// <exception cref="ArgumentException">The settings are not consistent; the message names the value.</exception>
    public static Segmenter Random(SegmenterSettings settings, RandomStream random)
    {
        var segmenter = new Segmenter(settings);
        var initial = Initial(segmenter, _ => true);
        initial.Set(initial.Draw(random));
        return segmenter;
    }

    /// <summary>
    /// Starts the encoder from the trunk of trained weights: blocks, patch embedding, norm, tokens and positions, resized bicubically where the grid differs;
    /// where the file is a mask generator's, the class token is the mean of its class tokens. The mask transformer starts as in <see cref="Random"/>.
    /// </summary>
    /// <param name="settings">Settings whose width, depth, patch, hidden width and distillation token are the file's; the encoder's own head is not kept.</param>
    /// <param name="file">A ViT or DeiT under timm's names, or a mask generator with any classes.</param>
    /// <param name="random">Draws the mask transformer.</param>
    /// <exception cref="ArgumentException">The settings are not consistent.</exception>
    /// <exception cref="InvalidDataException">The weights are of another architecture; the message names file, tensors and shapes.</exception>
    public static Segmenter FromTrunk(SegmenterSettings settings, WeightsFile file, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(file);
        var segmenter = new Segmenter(settings with { EncoderClasses = 0 });
        try
        {
            using var scope = NewDisposeScope();
            var initial = Initial(segmenter, name => !name.StartsWith(Encoder, StringComparison.Ordinal));
            var values = initial.AsTensors(initial.Draw(random));
            foreach (var (name, value) in TrunkValues(segmenter, file))
                values.Add(Encoder + name, value);
            StateDict.Load(segmenter, values, file.FilePath);
            return segmenter;
        }
        catch
        {
            segmenter.Dispose();
            throw;
        }
    }

    private static Dictionary<string, Tensor> TrunkValues(Segmenter segmenter, WeightsFile file)
    {
        var settings = segmenter.Settings;
        var expected = segmenter.state_dict()
            .Where(pair => pair.Key.StartsWith(Encoder, StringComparison.Ordinal))
            .Select(pair => (Name: pair.Key[Encoder.Length..], Shape: (IReadOnlyList<long>)pair.Value.shape))
            .Where(item => item.Name is not ("cls_token" or "dist_token" or "pos_embed"))
            .ToDictionary(item => item.Name, item => item.Shape);
        var trunk = TransformerTrunk.Read(file, expected, settings.Width, settings.Distilled, $"a Segmenter of width {settings.Width} and depth {settings.Depth}");
        var classes = trunk.Tokens.shape[1] - (settings.Distilled ? 1 : 0);
        var values = new Dictionary<string, Tensor>(trunk.Values)
        {
            ["cls_token"] = OneClass(trunk.Tokens),
            ["pos_embed"] = cat([OneClass(trunk.TokenPositions), trunk.TokenPositions.narrow(1, classes, settings.ExtraTokens - 1), trunk.PatchPositionsFor(settings.Grid)], 1),
        };
        if (settings.Distilled)
            values["dist_token"] = trunk.Tokens.narrow(1, classes, 1);
        return values;

        Tensor OneClass(Tensor tokens) => tokens.narrow(1, 0, classes).mean([1], keepdim: true);
    }

    private static InitialWeights Initial(Segmenter segmenter, Func<string, bool> wanted) => new(segmenter)
    {
        Wanted = wanted,
        DeviationOf = name => name is "decoder.proj_patch" or "decoder.proj_classes" ? Math.Pow(segmenter.Settings.Width, -.5) : null,
    };
}
