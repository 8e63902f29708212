namespace SemPLeS.Training;

/// <summary>What a loss is a mean over, which decides how the parts of a split batch are weighed.</summary>
public enum BatchShare
{
    /// <summary>Of the batch as a whole: it can't be split.</summary>
    Whole,

    /// <summary>Over images.</summary>
    Images,

    /// <summary>Over pairs of an image and one of its classes.</summary>
    Pairs,
}
