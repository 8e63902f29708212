namespace SemPLeS.Data;

/// <summary>What <see cref="RandAugment"/> draws from; with rising level each changes a picture more, but for the first three, which have none.</summary>
public enum RandAugmentOperation
{
    /// <summary>Each channel is stretched to the whole range.</summary>
    AutoContrast,

    /// <summary>Each channel's values are spread evenly over the range.</summary>
    Equalize,

    /// <summary>255 less each value.</summary>
    Invert,

    /// <summary>A turn about the middle, by 30 degrees at level 10, to either side.</summary>
    Rotate,

    /// <summary>4 bits are left of each value at level 0, none at level 10.</summary>
    Posterize,

    /// <summary>Values from 256 at level 0, from 0 at level 10, are inverted.</summary>
    Solarize,

    /// <summary>110 at level 10 is added to values below 128.</summary>
    SolarizeAdd,

    /// <summary>Colour times 1.9 or .1 at level 10.</summary>
    Color,

    /// <summary>Contrast times 1.9 or .1 at level 10.</summary>
    Contrast,

    /// <summary>Brightness times 1.9 or .1 at level 10.</summary>
    Brightness,

    /// <summary>Sharpness times 1.9 or .1 at level 10.</summary>
    Sharpness,

    /// <summary>Rows are pushed by .3 of their distance from the top at level 10, to either side.</summary>
    ShearX,

    /// <summary>Columns are pushed by .3 of their distance from the left at level 10, up or down.</summary>
    ShearY,

    /// <summary>The picture is pushed by .45 of its width at level 10, to either side.</summary>
    TranslateX,

    /// <summary>The picture is pushed by .45 of its height at level 10, up or down.</summary>
    TranslateY,
}
