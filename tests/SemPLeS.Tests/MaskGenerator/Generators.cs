using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using static TorchSharp.torch;

namespace SemPLeS.Tests.MaskGenerator;

/// <summary>Small generators for tests.</summary>
internal static class Generators
{
    /// <summary>The miniature world's.</summary>
    public static GeneratorSettings Mini { get; } = new()
    {
        Classes = 6,
        ImageSize = 64,
        PatchSize = 8,
        Width = 96,
        Depth = 2,
        Heads = 4,
        HiddenWidth = 384,
        HeadReduction = 4,
    };

    public static GeneratorSettings Tiny { get; } = Mini with { Classes = 3, ImageSize = 32, Width = 16, Heads = 2, HiddenWidth = 32, HeadReduction = 2, FeatureReduction = 2 };

    /// <summary>Normally distributed pixels; the same for the same shape.</summary>
    public static Tensor Images(params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        new RandomStream(7).FillNormal(values);
        return tensor(values, shape);
    }
}
