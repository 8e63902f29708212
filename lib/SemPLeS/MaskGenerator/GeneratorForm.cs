namespace SemPLeS.MaskGenerator;

/// <summary>Which weights learn, and what the refined CAM teaches.</summary>
public enum GeneratorForm
{
    /// <summary>Everything learns; the coarse CAM enters the refined one detached, so that the refined CAM teaches the fusion alone (WeakTr).</summary>
    Phase1,

    /// <summary>Stages a, b and c: head and fusion learn, also through the refined CAM; what lies under them is computed without gradients (the SemPLeS authors' settings).</summary>
    Stage,
}
