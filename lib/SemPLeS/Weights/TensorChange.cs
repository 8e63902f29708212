namespace SemPLeS.Weights;

/// <summary>What a tensor undergoes besides its renaming.</summary>
internal enum TensorChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Rows become columns: a projection that one side multiplies from the right and the other from the left.</summary>
    Transposed,

    /// <summary>One number loses its dimensions.</summary>
    Scalar,
}
