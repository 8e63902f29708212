namespace SemPLeS.Experiments;

/// <summary>What another implementation measured over several worlds, each with its own drawings and networks.</summary>
/// <param name="Row">The row of the result.</param>
/// <param name="Split">The images that it was measured on.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Low">The least of the worlds.</param>
/// <param name="High">The greatest of the worlds.</param>
/// <param name="Mean">Mean over the worlds.</param>
public sealed record ReferenceFigure(string Row, string Split, string Metric, double Low, double High, double Mean);
