using SemPLeS.MaskGenerator;

namespace SemPLeS.Experiments;

/// <summary>A way to make a mask generator of image-level labels alone. The network is the same but for its fusion.</summary>
public enum GeneratorMethod
{
    /// <summary>WeakTr (Zhu et al., 2023): a learned weight for each attention head; three losses.</summary>
    WeakTr,

    /// <summary>MCTformer-V2 (Xu et al., CVPR 2022): all heads alike, class attention of the last quarter of the blocks; two losses.</summary>
    Mctformer,
}

/// <summary>What a method makes of settings.</summary>
internal static class GeneratorMethodExtensions
{
    /// <summary>A generator's settings under a method.</summary>
    public static GeneratorSettings Under(this GeneratorSettings settings, GeneratorMethod method) => settings with
    {
        Uniform = method == GeneratorMethod.Mctformer ? UniformFusion.OfLastQuarter(settings.Depth) : null,
    };
}
