namespace SemPLeS.Data.MiniWorld;

/// <summary>Draws the pictures and captions that the miniature CLIP learns from; each is a pure function of world seed and place.</summary>
public static class CaptionedPictures
{
    private const double NamedObject = .5;
    private const double NamedBackground = .12;
    private const double BareBackground = .13;
    private const int FewestNamedPixels = 301;
    private static readonly MiniWorldSettings Settings = MiniWorldSettings.For(MiniWorldSet.Clip);

    /// <summary>Draws the first pictures, on all processors.</summary>
    /// <param name="seed">The world.</param>
    /// <param name="count">Number of pictures, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static CaptionedPicture[] Draw(long seed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var pictures = new CaptionedPicture[count];
        Parallel.For(0, count, i => pictures[i] = At(seed, i));
        return pictures;
    }

    /// <summary>
    /// Draws one picture. Half of them are scenes named by an object; 12 % scenes named by a background of which more than 300 pixels show, or by an
    /// object where there is none; 13 % a background without object; 25 % an object before a neutral wall.
    /// </summary>
    /// <param name="seed">The world.</param>
    /// <param name="index">Place in the set, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is negative.</exception>
    public static CaptionedPicture At(long seed, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var random = new RandomStream(seed, (long)MiniWorldSet.Clip, index);
        return random.Uniform() switch
        {
            < NamedObject => NamedScene(random, byBackground: false),
            < NamedObject + NamedBackground => NamedScene(random, byBackground: true),
            < NamedObject + NamedBackground + BareBackground => Texture(random),
            _ => LoneObject(random),
        };
    }

    private static CaptionedPicture NamedScene(RandomStream random, bool byBackground)
    {
        var scene = SceneComposer.Compose(random, Settings);
        var all = Enumerable.Range(0, MiniWorldClasses.Count);
        int[] backgrounds = byBackground ? [.. all.Where(background => scene.VisiblePixels(background) >= FewestNamedPixels)] : [];
        int[] names = backgrounds is []
            ? [.. all.Where(name => scene.Tags[name])]
            : [.. backgrounds.Select(background => MiniWorldClasses.Count + background)];
        return new CaptionedPicture(scene.Image, names[random.Below(names.Length)]);
    }

    private static CaptionedPicture Texture(RandomStream random)
    {
        var background = random.Below(MiniWorldClasses.Count);
        var canvas = new SceneCanvas(random);
        var wall = (int)(MiniWorldClasses.Side * random.Uniform(0, .4));
        if (random.Chance(.5))
            canvas.PaintRows(random, background, wall, MiniWorldClasses.Side);
        else
            canvas.PaintRows(random, background, 0, MiniWorldClasses.Side - wall);
        return new CaptionedPicture(canvas.ToImage(), MiniWorldClasses.Count + background);
    }

    private static CaptionedPicture LoneObject(RandomStream random)
    {
        var name = random.Below(MiniWorldClasses.Count);
        var canvas = new SceneCanvas(random);
        SceneComposer.PlaceObject(random, canvas, name, 0, MiniWorldClasses.Side, 1);
        return new CaptionedPicture(canvas.ToImage(), name);
    }
}
