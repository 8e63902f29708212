using SemPLeS.Data;

namespace SemPLeS.Experiments;

/// <summary>
/// What the miniature CLIP's training does to a normalised picture: mirrors every second one; multiplies every second one by a soft mask, as the stages
/// will; adds noise, so that a mask's edge is not taken for texture.
/// </summary>
/// <param name="Size">Rows and columns of picture and input, in pixels.</param>
/// <param name="Statistics">Mean and standard deviation of the channels.</param>
public sealed record MiniClipAugmentation(int Size, ChannelStatistics Statistics) : Augmentation(Size, Statistics)
{
    private const int MaskGrid = 4;
    private const double MaskCentre = .6;
    private const double LeastContrast = 2;
    private const double MostContrast = 8;
    private const double MostNoise = .8;

    private readonly MirrorAugmentation _mirror = new(Size, Statistics);

    /// <inheritdoc/>
    public override void Apply(RgbImage image, RandomStream random, Span<float> destination)
    {
        _mirror.Apply(image, random, destination);
        if (random.Chance(.5))
            ApplyMask(random, destination);
        var noise = MostNoise * random.Uniform();
        foreach (ref var value in destination)
            value += (float)(noise * random.Normal());
    }

    /// <summary>4 x 4 uniform numbers u, enlarged bilinearly with aligned corners; (u - .5) contrast + .6, clipped to [0, 1].</summary>
    private void ApplyMask(RandomStream random, Span<float> pixels)
    {
        Span<float> grid = stackalloc float[MaskGrid * MaskGrid];
        random.FillUniform(grid);
        var contrast = random.Uniform(LeastContrast, MostContrast);
        for (var row = 0; row < Size; row++)
        {
            var (top, below) = Place(row);
            for (var column = 0; column < Size; column++)
            {
                var (left, right) = Place(column);
                var upper = Mix(grid[top * MaskGrid + left], grid[top * MaskGrid + left + 1], right);
                var lower = Mix(grid[(top + 1) * MaskGrid + left], grid[(top + 1) * MaskGrid + left + 1], right);
                var mask = (float)Math.Clamp((Mix(upper, lower, below) - .5) * contrast + MaskCentre, 0, 1);
                for (var channel = 0; channel < 3; channel++)
                    pixels[(channel * Size + row) * Size + column] *= mask;
            }
        }
    }

    /// <summary>The grid's line before a pixel, and how far behind it the pixel is, 0 to 1.</summary>
    private (int Line, double Share) Place(int pixel)
    {
        var place = pixel * (MaskGrid - 1) / (double)(Size - 1);
        var line = Math.Min((int)place, MaskGrid - 2);
        return (line, place - line);
    }

    private static double Mix(double first, double second, double share) => first + (second - first) * share;
}
