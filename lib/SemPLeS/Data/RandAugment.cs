namespace SemPLeS.Data;

/// <summary>
/// A few operations drawn at random, each applied with a probability and at a level around one magnitude (Cubuk et al., 2020, in the form
/// rand-m9-mstd0.5-inc1 with which DeiT is trained, Touvron et al., 2021). Operations are those of Pillow 9.4 to the bit, interpolated cubically; what comes in from
/// outside is ImageNet's mean colour.
/// </summary>
/// <param name="Magnitude">The mean level, 0 to 10.</param>
/// <param name="Deviation">The level's standard deviation, at least 0; levels are kept within 0 and 10.</param>
/// <param name="Operations">How many operations are drawn, with replacement; at least 1.</param>
/// <param name="Probability">With which each of them is applied, 0 to 1.</param>
public sealed record RandAugment(double Magnitude = 9, double Deviation = .5, int Operations = 2, double Probability = .5)
{
    private const double HighestLevel = 10;

    private static readonly RandAugmentOperation[] All = Enum.GetValues<RandAugmentOperation>();

    private static readonly (byte, byte, byte) Fill = (Level(ChannelStatistics.ImageNet.Mean[0]), Level(ChannelStatistics.ImageNet.Mean[1]), Level(ChannelStatistics.ImageNet.Mean[2]));

    /// <summary>The mean level.</summary>
    public double Magnitude { get; } = Magnitude is >= 0 and <= HighestLevel ? Magnitude : throw new ArgumentOutOfRangeException(nameof(Magnitude), Magnitude, "A level is in 0 to 10.");

    /// <summary>The level's standard deviation.</summary>
    public double Deviation { get; } = Deviation >= 0 ? Deviation : throw new ArgumentOutOfRangeException(nameof(Deviation), Deviation, "A standard deviation is at least 0.");

    /// <summary>How many operations are drawn.</summary>
    public int Operations { get; } = Operations >= 1 ? Operations : throw new ArgumentOutOfRangeException(nameof(Operations), Operations, "One operation is the least.");

    /// <summary>With which probability each is applied.</summary>
    public double Probability { get; } = Probability is >= 0 and <= 1 ? Probability : throw new ArgumentOutOfRangeException(nameof(Probability), Probability, "A probability is in 0 to 1.");

    /// <summary>Changes a picture at random.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="random">All that is random about it.</param>
    /// <returns>A picture of the same size; the same one where nothing is applied.</returns>
    public RgbImage Apply(RgbImage image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        for (var i = 0; i < Operations; i++)
        {
            var operation = All[random.Below(All.Length)];
            var level = Math.Clamp(random.Normal(Magnitude, Deviation), 0, HighestLevel);
            var isNegative = random.Chance(.5);
            if (random.Chance(Probability))
                image = Apply(operation, image, level, isNegative);
        }

        return image;
    }

    /// <summary>Applies one operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="image">The picture.</param>
    /// <param name="level">0 to 10.</param>
    /// <param name="isNegative">To the other side, or less in place of more, where an operation has two.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside its range, or there is no such operation.</exception>
    public static RgbImage Apply(RandAugmentOperation operation, RgbImage image, double level, bool isNegative)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (level is not (>= 0 and <= HighestLevel))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level is in 0 to 10.");
        var share = level / HighestLevel;
        var signed = isNegative ? -share : share;
        return operation switch
        {
            RandAugmentOperation.AutoContrast => PictureAdjustments.AutoContrast(image),
            RandAugmentOperation.Equalize => PictureAdjustments.Equalize(image),
            RandAugmentOperation.Invert => PictureAdjustments.Invert(image),
            RandAugmentOperation.Rotate => AffineWarp.Rotate(image, signed * 30, Fill),
            RandAugmentOperation.Posterize => PictureAdjustments.Posterize(image, 4 - (int)(share * 4)),
            RandAugmentOperation.Solarize => PictureAdjustments.Solarize(image, 256 - (int)(share * 256)),
            RandAugmentOperation.SolarizeAdd => PictureAdjustments.SolarizeAdd(image, (int)(share * 110)),
            RandAugmentOperation.Color => PictureAdjustments.Color(image, 1 + signed * .9),
            RandAugmentOperation.Contrast => PictureAdjustments.Contrast(image, 1 + signed * .9),
            RandAugmentOperation.Brightness => PictureAdjustments.Brightness(image, 1 + signed * .9),
            RandAugmentOperation.Sharpness => PictureAdjustments.Sharpness(image, 1 + signed * .9),
            RandAugmentOperation.ShearX => AffineWarp.Apply(image, (1, signed * .3, 0, 0, 1, 0), Fill),
            RandAugmentOperation.ShearY => AffineWarp.Apply(image, (1, 0, 0, signed * .3, 1, 0), Fill),
            RandAugmentOperation.TranslateX => AffineWarp.Apply(image, (1, 0, signed * .45 * image.Width, 0, 1, 0), Fill),
            RandAugmentOperation.TranslateY => AffineWarp.Apply(image, (1, 0, 0, 0, 1, signed * .45 * image.Height), Fill),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation."),
        };
    }

    private static byte Level(float mean) => (byte)Math.Round(mean * 255);
}
