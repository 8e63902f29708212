namespace SemPLeS.Weights;

/// <summary>An object of a class that is known by name only: no code of it is there, and none runs.</summary>
/// <param name="class">The class.</param>
internal sealed class PickledShell(PickledName @class)
{
    /// <summary>The class.</summary>
    public PickledName Class { get; } = @class;

    /// <summary>What it holds: a dictionary of its fields, as a rule.</summary>
    public object? State { get; set; }
}
