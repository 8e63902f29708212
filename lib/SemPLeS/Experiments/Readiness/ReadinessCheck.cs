namespace SemPLeS.Experiments.Readiness;

/// <summary>Something that a run needs, and whether it is there.</summary>
/// <param name="What">What is needed.</param>
/// <param name="State">Whether a run can do with what was found.</param>
/// <param name="Found">What was found.</param>
/// <param name="Advice">What to do about it; empty where nothing is to be done.</param>
public sealed record ReadinessCheck(string What, Readiness State, string Found, string Advice = "");
