using System.Numerics;

namespace SemPLeS.Data.MiniWorld;

/// <summary>Draws the backgrounds, each 64 x 64 colours in 0..255, rows from the top.</summary>
internal static class TexturePainter
{
    private const int Side = MiniWorldClasses.Side;

    public static Vector3[] Paint(RandomStream random, MiniTexture texture)
    {
        var colours = texture switch
        {
            MiniTexture.Water => Water(random),
            MiniTexture.Rails => Rails(random),
            MiniTexture.Sky => Sky(random),
            MiniTexture.Grass => Grass(random),
            MiniTexture.Road => Road(random),
            MiniTexture.Tree => Tree(random),
            _ => throw new ArgumentOutOfRangeException(nameof(texture), texture, "There is no such background."),
        };
        return Clipped(colours);
    }

    /// <summary>A neutral wall: a slanted gradient with a little noise.</summary>
    public static Vector3[] Wall(RandomStream random)
    {
        var colour = Hsv.ToRgb(random.Uniform(), random.Uniform(0, .25), random.Uniform(.45, .9));
        var change = new Vector3((float)random.Normal(0, 25), (float)random.Normal(0, 25), (float)random.Normal(0, 25));
        var (down, right) = ((float)random.Uniform(-1, 1), (float)random.Uniform(-1, 1));
        return Clipped(Pixels((x, y) => colour + (y * down + x * right) / Side * change + Grain(random, 10)));
    }

    private static Vector3[] Water(RandomStream random)
    {
        var colour = Hsv.ToRgb(random.Normal(.55, .03), random.Uniform(.45, .8), random.Uniform(.45, .8));
        var phase = SmoothNoise(random, 6);
        var frequency = random.Uniform(.7, 1.1);
        var height = (float)random.Uniform(14, 26);
        return Pixels((x, y) =>
            colour + new Vector3(height * (float)Math.Sin(y * frequency + phase[y * Side + x] * 12 + .25 * Math.Sin(x * .3))));
    }

    private static Vector3[] Rails(RandomStream random)
    {
        var gravel = Hsv.ToRgb(random.Normal(.07, .02), random.Uniform(.15, .4), random.Uniform(.35, .6));
        var tieDistance = random.Uniform(7, 10);
        var tieOffset = random.Uniform(0, tieDistance);
        var trackDistance = random.Uniform(22, 30);
        var trackOffset = random.Uniform(0, trackDistance);
        var rail = new Vector3(190, 190, 200) * (float)random.Uniform(.8, 1.1);
        return Pixels((x, y) =>
        {
            var stone = gravel + Grain(random, 70);
            var across = (x + trackOffset) % trackDistance;
            if (Math.Abs(across - 6) < 1.1 || Math.Abs(across - 16) < 1.1)
                return rail;
            var onTie = (y + tieOffset) % tieDistance < 3 && across is > 3 and < 19;
            return onTie ? stone * .55f : stone;
        });
    }

    private static Vector3[] Sky(RandomStream random)
    {
        var colour = Hsv.ToRgb(random.Normal(.58, .02), random.Uniform(.15, .4), random.Uniform(.85, 1));
        var clouds = SmoothNoise(random, 5);
        return Pixels((x, y) =>
        {
            var depth = (float)y / Side;
            var clear = colour * (1 - depth * .15f) + new Vector3(depth * 40);
            return Vector3.Lerp(clear, new Vector3(250), Math.Clamp(clouds[y * Side + x] * 3, 0, 1));
        });
    }

    private static Vector3[] Grass(RandomStream random)
    {
        const int BladeHeight = 4;
        var colour = Hsv.ToRgb(random.Normal(.28, .03), random.Uniform(.5, .8), random.Uniform(.45, .75));
        var blades = new float[Side / BladeHeight * Side];
        random.FillUniform(blades);
        var patches = SmoothNoise(random, 8);
        return Pixels((x, y) => colour + new Vector3((blades[y / BladeHeight * Side + x] - .5f) * 60 + patches[y * Side + x] * 30));
    }

    private static Vector3[] Road(RandomStream random)
    {
        var colour = Hsv.ToRgb(random.Uniform(), random.Uniform(0, .08), random.Uniform(.25, .42));
        var laneDistance = random.Uniform(20, 28);
        var laneOffset = random.Uniform(0, laneDistance);
        var dashOffset = random.Uniform(0, 14);
        return Pixels((x, y) =>
        {
            var asphalt = colour + Grain(random, 18);
            var onLine = Math.Abs((y + laneOffset) % laneDistance - laneDistance / 2) < 1.3;
            return onLine && (x + dashOffset) % 14 < 8 ? new Vector3(235, 230, 200) : asphalt;
        });
    }

    private static Vector3[] Tree(RandomStream random)
    {
        var leaves = Hsv.ToRgb(random.Normal(.34, .03), random.Uniform(.4, .7), random.Uniform(.2, .4));
        var shade = SmoothNoise(random, 14);
        var trunks = (First: Trunk(), Second: Trunk());
        var bark = Hsv.ToRgb(.07, .5, .3);
        return Pixels((x, y) =>
        {
            var leaf = leaves + new Vector3(shade[y * Side + x] * 110 + (random.Chance(.03) ? 60 : 0));
            return IsOn(trunks.First, x, y) || IsOn(trunks.Second, x, y) ? bark : leaf;
        });

        (double Foot, double Slant) Trunk() => (random.Uniform(0, Side), random.Uniform(-.5, .5));
        static bool IsOn((double Foot, double Slant) trunk, int x, int y) => Math.Abs(x - trunk.Foot - trunk.Slant * (y - Side / 2)) < 2;
    }

    private static Vector3[] Pixels(Func<int, int, Vector3> colourAt)
    {
        var colours = new Vector3[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
                colours[y * Side + x] = colourAt(x, y);
        }

        return colours;
    }

    private static Vector3[] Clipped(Vector3[] colours)
    {
        foreach (ref var colour in colours.AsSpan())
            colour = Vector3.Clamp(colour, Vector3.Zero, new Vector3(255));
        return colours;
    }

    // The same for red, green and blue.
    private static Vector3 Grain(RandomStream random, float range) => new((float)(random.Uniform() - .5) * range);

    // cells x cells random greys, enlarged bicubically to 64 x 64 values in -.5 .. .5.
    private static float[] SmoothNoise(RandomStream random, int cells)
    {
        var greys = new byte[cells * cells];
        foreach (ref var grey in greys.AsSpan())
            grey = (byte)(random.Uniform() * 255);
        return [.. Resampler.Resize(greys, cells, cells, 1, Side, Side, ResampleFilter.Bicubic).Select(grey => grey / 255f - .5f)];
    }
}
