using SemPLeS.Clip;
using SemPLeS.Data;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Clip;

/// <summary>A small CLIP of random weights for tests.</summary>
internal static class Clips
{
    public static ClipSettings Tiny { get; } = new()
    {
        ImageSize = 16,
        PatchSize = 8,
        VisionWidth = 12,
        VisionLayers = 2,
        VisionHeads = 3,
        TextWidth = 8,
        TextLayers = 2,
        TextHeads = 2,
        EmbeddingSize = 6,
        ContextLength = 12,
        VocabularySize = MiniVocabulary.Tokenizer.VocabularySize,
    };

    /// <summary>Frozen.</summary>
    public static ClipModel Frozen(ClipSettings? settings = null)
    {
        var clip = ClipStart.Random(settings ?? Tiny, new RandomStream(1));
        clip.Freeze();
        return clip;
    }

    /// <summary>Normally distributed; the same for the same shape.</summary>
    public static Tensor Values(params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        new RandomStream(7).FillNormal(values);
        return tensor(values, shape);
    }
}
