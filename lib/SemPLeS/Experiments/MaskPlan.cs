using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;

namespace SemPLeS.Experiments;

/// <summary>Which pseudo masks are to be written: CAMs, hard labels at a background threshold, then a dense CRF.</summary>
public sealed record MaskPlan
{
    /// <summary>The trained generator, on the device.</summary>
    public required WeakTrGenerator Generator { get; init; }

    /// <summary>The split's name, the pictures, and how CAMs and threshold are made.</summary>
    public required PlannedScore Seeds { get; init; }

    /// <summary>The CRF's constants; null: the hard labels are the masks.</summary>
    public DenseCrfSettings? Crf { get; init; }

    /// <summary>The extension under which CAMs are kept too, <see cref="CamFile.Npy"/> or <see cref="CamFile.Safetensors"/>; null: they are not.</summary>
    public string? CamExtension { get; init; }

    /// <summary>Pictures that were found damaged before; they are reported with those that fail now.</summary>
    public IReadOnlyList<DamagedPicture> Damaged { get; init; } = [];
}
