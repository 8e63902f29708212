namespace SemPLeS.Weights;

/// <summary>A class or function that a pickle asks for; nothing but its name.</summary>
/// <param name="Module">Where it is.</param>
/// <param name="Name">Its name there.</param>
internal sealed record PickledName(string Module, string Name)
{
    /// <summary>"module.name".</summary>
    public override string ToString() => $"{Module}.{Name}";
}
