namespace SemPLeS.Weights;

/// <summary>One row of a table of names: what a tensor is called here and there.</summary>
/// <param name="Ours">Its name here; {0} stands for the number of a block.</param>
/// <param name="Theirs">Its name there; several where it is cut there along its first dimension.</param>
/// <param name="Change">What it undergoes on the way.</param>
internal sealed record NameRule(string Ours, string[] Theirs, TensorChange Change = TensorChange.None)
{
    /// <summary>The rows of a layer's weight and bias; a name ends where those begin.</summary>
    public static IEnumerable<NameRule> Layer(string ours, params string[] theirs) =>
        new[] { "weight", "bias" }.Select(field => new NameRule(ours + field, [.. theirs.Select(name => name + field)]));
}
