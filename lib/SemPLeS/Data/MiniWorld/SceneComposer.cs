namespace SemPLeS.Data.MiniWorld;

/// <summary>Decides what a scene shows and where: two zones, one above the other, and one or two objects in them.</summary>
internal static class SceneComposer
{
    private const int Side = MiniWorldClasses.Side;
    private const double SizeBesideAnother = .75;

    public static MiniScene Compose(RandomStream random, MiniWorldSettings settings)
    {
        var first = random.Below(MiniWorldClasses.Count);
        int[] objects = random.Chance(settings.TwoObjects) ? [first, PartnerOf(random, first)] : [first];
        int[] backgrounds = [.. objects.Select(name => random.Chance(settings.OwnBackground) ? name : AnyBut(random, name))];
        var horizon = objects.Length == 2 ? (int)(Side * random.Uniform(.4, .6)) : HorizonOfOne(random, first);

        var canvas = new SceneCanvas(random);
        for (var i = 0; i < objects.Length; i++)
            PaintZone(random, canvas, backgrounds[i], MiniWorldClasses.IsOnTop(objects[i]), horizon);
        if (objects.Length == 1 && random.Chance(settings.OtherTexture))
            PaintZone(random, canvas, AnyBut(random, backgrounds[0]), !MiniWorldClasses.IsOnTop(first), horizon);

        foreach (var name in objects)
        {
            var (top, bottom) = Zone(MiniWorldClasses.IsOnTop(name), horizon);
            PlaceObject(random, canvas, name, top, bottom, objects.Length == 2 ? SizeBesideAnother : 1);
        }

        return new MiniScene(canvas.ToImage(), new LabelMap(Side, Side, canvas.Labels), canvas.Background);
    }

    /// <summary>
    /// Draws an object at 30-70 % of the height of the rows <paramref name="top"/> to <paramref name="bottom"/>, well inside the picture.
    /// </summary>
    public static void PlaceObject(RandomStream random, SceneCanvas canvas, int name, int top, int bottom, double sizeFactor)
    {
        var size = Side * random.Uniform(.6, .95) * sizeFactor;
        var tile = ObjectPainter.Paint(random, (MiniObject)name, size);
        var x = Side * random.Uniform(.32, .68);
        var y = random.Uniform(top + (bottom - top) * .3, top + (bottom - top) * .7);
        canvas.Paste(tile, x, Math.Clamp(y, size * .38, Side - size * .38), name);
    }

    private static int PartnerOf(RandomStream random, int first)
    {
        int[] candidates =
        [
            .. Enumerable.Range(0, MiniWorldClasses.Count).Where(name => MiniWorldClasses.IsOnTop(name) != MiniWorldClasses.IsOnTop(first)),
        ];
        return candidates[random.Below(candidates.Length)];
    }

    private static int AnyBut(RandomStream random, int excluded)
    {
        var other = random.Below(MiniWorldClasses.Count - 1);
        return other < excluded ? other : other + 1;
    }

    private static int HorizonOfOne(RandomStream random, int name)
    {
        var share = random.Uniform(.6, .9);
        return (int)(Side * (MiniWorldClasses.IsOnTop(name) ? share : 1 - share));
    }

    private static (int Top, int Bottom) Zone(bool onTop, int horizon) => onTop ? (0, horizon) : (horizon, Side);

    private static void PaintZone(RandomStream random, SceneCanvas canvas, int background, bool onTop, int horizon)
    {
        var (top, bottom) = Zone(onTop, horizon);
        canvas.PaintRows(random, background, top, bottom);
    }
}
