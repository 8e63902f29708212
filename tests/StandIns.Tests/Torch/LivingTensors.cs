using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

/// <summary>The number of tensors that a test begins with.</summary>
internal static class LivingTensors
{
    /// <summary>Counts after a collection: else the finaliser could free an earlier test's tensors while this one counts.</summary>
    public static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
