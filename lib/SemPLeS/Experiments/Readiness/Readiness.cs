namespace SemPLeS.Experiments.Readiness;

/// <summary>Whether a run can do with what was found.</summary>
public enum Readiness
{
    /// <summary>It can.</summary>
    Good,

    /// <summary>It can, but slowly, or not for long.</summary>
    Doubtful,

    /// <summary>It can't.</summary>
    Missing,
}
