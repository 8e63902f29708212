namespace SemPLeS.Experiments;

/// <summary>What the trainings of a preset need. Hours are estimates from counts of operations, at 10 TFLOP/s sustained.</summary>
/// <param name="GpuGigabytes">Memory of the GPU, for the published batches.</param>
/// <param name="MemoryGigabytes">Main memory.</param>
/// <param name="DiskGigabytes">Pictures, weights, and what a table's runs leave in the store.</param>
/// <param name="StageHours">Phase 1 and stages a, b and c.</param>
/// <param name="SegmenterHours">One Segmenter.</param>
public sealed record PaperNeeds(int GpuGigabytes, int MemoryGigabytes, int DiskGigabytes, int StageHours, int SegmenterHours)
{
    /// <summary>The needs in a sentence.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"a GPU with {GpuGigabytes} GB; phase 1 and the stages about {StageHours} h, a Segmenter about {SegmenterHours} h at 10 TFLOP/s (estimates from counts of operations)");
}
