namespace SemPLeS.Weights;

/// <summary>Which tensors of a file a tensor is made of.</summary>
/// <param name="Names">Their names; several are stacked along the first dimension.</param>
/// <param name="Change">What they undergo.</param>
/// <param name="Part">Of the first dimension, which part is meant.</param>
/// <param name="Parts">In how many it is cut.</param>
internal sealed record TensorSource(IReadOnlyList<string> Names, TensorChange Change = TensorChange.None, int Part = 0, int Parts = 1);
