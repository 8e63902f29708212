using SemPLeS.Data;

namespace SemPLeS.Benchmarks;

/// <summary>
/// A picture that costs a CRF as much as a photograph does: smooth surfaces, rough ones and edges, so that the bilateral lattice has 70,000
/// vertices with VOC's constants: the median of sixty of PASCAL VOC's photographs of this size has 69,000.
/// </summary>
internal static class TexturedPicture
{
    private const int Surfaces = 12;

    /// <summary>Surfaces around random centres, each with a colour that changes across it and a roughness of its own.</summary>
    public static RgbImage Draw(int width, int height, int seed)
    {
        var random = new RandomStream(seed);
        var surfaces = Enumerable.Range(0, Surfaces).Select(_ => (
            X: random.Uniform() * width,
            Y: random.Uniform() * height,
            Color: new[] { random.Uniform() * 255, random.Uniform() * 255, random.Uniform() * 255 },
            Slope: (random.Uniform() - .5) * .4,
            Roughness: 60 * random.Uniform())).ToArray();
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (i % width, i / width);
            var own = surfaces.MinBy(surface => Math.Pow(surface.X - x, 2) + Math.Pow(surface.Y - y, 2));
            var light = own.Slope * (x - own.X + y - own.Y) + own.Roughness * (random.Uniform() - .5);
            for (var channel = 0; channel < 3; channel++)
                pixels[3 * i + channel] = (byte)Math.Clamp(own.Color[channel] + light + .65 * own.Roughness * (random.Uniform() - .5), 0, 255);
        }

        return new RgbImage(width, height, pixels);
    }

    /// <summary>Stripes of all labels.</summary>
    public static LabelMap Seeds(int width, int height, int labels) =>
        new(width, height, [.. Enumerable.Range(0, width * height).Select(i => (byte)(i % width / 20 % labels))]);
}
