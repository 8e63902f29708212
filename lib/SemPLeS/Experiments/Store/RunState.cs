namespace SemPLeS.Experiments.Store;

/// <summary>Whether a run must be computed.</summary>
public enum RunState
{
    /// <summary>Its record is in the store.</summary>
    Stored,

    /// <summary>Its record came with the library.</summary>
    Shipped,

    /// <summary>Its record is there, but a run that must be computed starts from its weights, and those are not: it is trained again, and its record remains.</summary>
    WeightsOnly,

    /// <summary>It must be computed.</summary>
    Missing,
}
