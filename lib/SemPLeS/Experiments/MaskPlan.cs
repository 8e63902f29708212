using SemPLeS.Data;
using SemPLeS.PseudoMasks;

namespace SemPLeS.Experiments;

/// <summary>Which pseudo masks are to be written: CAMs, hard labels at a background threshold, then a dense CRF.</summary>
public sealed record MaskPlan
{
    /// <summary>Makes the CAMs.</summary>
    public required ICamExtractor Cams { get; init; }

    /// <summary>The split's name, the pictures, how the CAMs are made, for the record, and how the threshold is chosen.</summary>
    public required PlannedScore Seeds { get; init; }

    /// <summary>The CRF's constants; null: the hard labels are the masks.</summary>
    public DenseCrfSettings? Crf { get; init; }

    /// <summary>Null: the CRF refines hard labels. Else it refines the CAMs, and what it is not sure of is left out of a second set of masks.</summary>
    public SoftMasks? Soft { get; init; }

    /// <summary>The extension under which CAMs are kept too, <see cref="CamFile.Npy"/> or <see cref="CamFile.Safetensors"/>; null: they are not.</summary>
    public string? CamExtension { get; init; }

    /// <summary>Pictures that were found damaged before; they are reported with those that fail now.</summary>
    public IReadOnlyList<DamagedPicture> Damaged { get; init; } = [];
}
