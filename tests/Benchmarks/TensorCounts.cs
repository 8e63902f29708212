using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>How many tensors this thread has made and freed, and how many live.</summary>
internal readonly record struct TensorCounts(long Made, long Freed, long Living)
{
    public static TensorCounts Now()
    {
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        return new(
            statistics.CreatedInScopeCount + statistics.CreatedOutsideScopeCount, statistics.DisposedInScopeCount + statistics.DisposedOutsideScopeCount, Tensor.TotalCount);
    }

    /// <summary>Tensors made since then that are no more, though nobody freed them: the finaliser did.</summary>
    public long FinalisedSince(TensorCounts before) => Made - before.Made - (Freed - before.Freed) - (Living - before.Living);
}
