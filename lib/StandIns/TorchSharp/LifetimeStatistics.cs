namespace TorchSharp;

/// <summary>How many tensors a thread made and freed, within a dispose scope's ownership and outside of one. What the finaliser frees is counted on its thread.</summary>
public class LifetimeStatistics
{
    public long CreatedInScopeCount { get; internal set; }

    public long CreatedOutsideScopeCount { get; internal set; }

    public long DisposedInScopeCount { get; internal set; }

    public long DisposedOutsideScopeCount { get; internal set; }

    public void Reset() => (CreatedInScopeCount, CreatedOutsideScopeCount, DisposedInScopeCount, DisposedOutsideScopeCount) = (0, 0, 0, 0);
}
