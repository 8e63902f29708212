namespace SemPLeS.Data;

/// <summary>The kernel of <see cref="Resampler"/>; when an image shrinks, each is stretched by the scale, so that nothing aliases.</summary>
public enum ResampleFilter
{
    /// <summary>The mean of the pixels that a new pixel covers.</summary>
    Box,

    /// <summary>A triangle of radius 1.</summary>
    Bilinear,

    /// <summary>Keys' cubic with a = -1/2, radius 2.</summary>
    Bicubic,
}
