namespace SemPLeS.PseudoMasks;

/// <summary>A numpy array as a pickle holds it.</summary>
internal sealed class PickledArray
{
    /// <summary>Its dimensions.</summary>
    public long[] Shape { get; set; } = [];

    /// <summary>The type of its elements.</summary>
    public PickledType Type { get; set; } = new("O8");

    /// <summary>The bytes of its elements, in C's order; null where they are objects.</summary>
    public byte[]? Data { get; set; }

    /// <summary>Its elements, where they are objects.</summary>
    public IReadOnlyList<object?>? Items { get; set; }
}
