namespace SemPLeS.Experiments;

/// <summary>Which images of a data set the paper learns from and scores.</summary>
/// <param name="Training">The list that is learned from.</param>
/// <param name="TrainingImages">Its images.</param>
/// <param name="Scored">The list whose seeds and masks are scored.</param>
/// <param name="ScoredImages">Its images.</param>
/// <param name="Validation">The list that nothing learns from.</param>
/// <param name="ValidationImages">Its images.</param>
public sealed record PaperSplits(string Training, int TrainingImages, string Scored, int ScoredImages, string Validation, int ValidationImages);
