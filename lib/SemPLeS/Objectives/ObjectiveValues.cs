using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>The value of a loss.</summary>
/// <param name="Total">The weighted sum, a scalar with its gradient.</param>
/// <param name="Terms">Each term, a scalar: unweighted and without gradient.</param>
public sealed record ObjectiveValues(Tensor Total, IReadOnlyList<(string Name, Tensor Value)> Terms);
