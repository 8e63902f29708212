using System.Numerics;

namespace SemPLeS.Data.MiniWorld;

/// <summary>Draws the objects, each a little different every time: colour, direction, proportions, tilt and corners vary.</summary>
internal sealed class ObjectPainter
{
    private static readonly double[] UsualHue = [0, .14, .75, .06, .62, .9];

    private readonly RandomStream _random;
    private readonly ShapeCanvas _canvas;
    private readonly Vector3 _colour;

    private ObjectPainter(RandomStream random, MiniObject kind, double size)
    {
        _random = random;
        var hue = random.Chance(.8) ? random.Normal(UsualHue[(int)kind], .06) : random.Uniform();
        _colour = Hsv.ToRgb(hue, random.Uniform(.35, .95), random.Uniform(.5, .95));
        var direction = random.Chance(.5) ? 1 : -1;
        var (scaleX, scaleY) = (random.Uniform(.85, 1.05), random.Uniform(.85, 1.1));
        _canvas = new ShapeCanvas(size, direction * scaleX, scaleY, random.Normal(0, 6) * Math.PI / 180);
    }

    /// <summary>Draws an object.</summary>
    /// <param name="random">What it is drawn from.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="size">Side of the tile, in pixels.</param>
    public static ObjectTile Paint(RandomStream random, MiniObject kind, double size)
    {
        var painter = new ObjectPainter(random, kind, size);
        switch (kind)
        {
            case MiniObject.Boat: painter.Boat(); break;
            case MiniObject.Train: painter.Train(); break;
            case MiniObject.Aeroplane: painter.Aeroplane(); break;
            case MiniObject.Cow: painter.Cow(); break;
            case MiniObject.Car: painter.Car(); break;
            case MiniObject.Bird: painter.Bird(); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such object.");
        }

        return painter._canvas.ToTile();
    }

    private void Boat()
    {
        _canvas.Polygon(_colour, (-.47 + Jitter(), .08), (.48 + Jitter(), .08), (.32 + Jitter(), .38), (-.32 + Jitter(), .38));
        Box(_colour * .5f, -.035, -.44, .035, .1);
        _canvas.Polygon(new(245, 240, 230), (.035, -.42 + Jitter()), (.4 + Jitter(), .05), (.035, .05));
        _canvas.Polygon(new(225, 220, 215), (-.035, -.36 + Jitter()), (-.34 + Jitter(), .05), (-.035, .05));
    }

    private void Train()
    {
        _canvas.Polygon(_colour, (-.47, -.25), (.36 + Jitter(), -.25), (.48, -.06), (.48, .25), (-.47, .25));
        var windowWidth = _random.Uniform(.1, .14);
        for (var x = -.41; x < .3; x += windowWidth + .05)
            Box(new(215, 230, 240), x, -.17, x + windowWidth, -.01);
        Box(_colour * .55f, -.47, .08, .48, .13);
        for (var wheel = 0; wheel < 6; wheel++)
            _canvas.Ellipse(-.38 + wheel * .15, .27, .06, .06, new(40, 40, 45));
    }

    private void Aeroplane()
    {
        _canvas.Ellipse(0, 0, .48, .14, _colour);
        _canvas.Polygon(_colour * .8f, (-.06, 0), (.22, 0), (-.06 + Jitter(), .44), (-.22, .44));
        _canvas.Polygon(_colour * .65f, (-.04, -.02), (.2, -.02), (-.04 + Jitter(), -.4), (-.2, -.4));
        _canvas.Polygon(_colour * .8f, (-.44, .02), (-.26, .02), (-.4, -.28), (-.49, -.28));
    }

    private void Cow()
    {
        _canvas.Ellipse(0, -.04, .36, .22, _colour);
        _canvas.Ellipse(.38, -.16 + Jitter(), .12, .11, _colour * .85f);
        foreach (var x in (ReadOnlySpan<double>)[-.26, -.13, .11, .24])
            _canvas.Polygon(_colour * .75f, (x - .045, .05), (x + .05, .05), (x + .045, .4), (x - .04, .4));
        var isLight = _colour.X + _colour.Y + _colour.Z > 300;
        var spots = isLight ? new Vector3(35, 30, 30) : new Vector3(240, 235, 230);
        for (var spot = 0; spot < 4; spot++)
        {
            _canvas.Ellipse(
                _random.Uniform(-.24, .22), _random.Uniform(-.14, .06), _random.Uniform(.05, .1), _random.Uniform(.04, .08), spots);
        }

        _canvas.Polygon(_colour * .7f, (-.33, -.1), (-.44, .14), (-.4, .15), (-.29, -.05));
    }

    private void Car()
    {
        Box(_colour, -.47, -.03, .48, .24);
        _canvas.Polygon(_colour * .9f, (-.32 + Jitter(), -.02), (-.2, -.3), (.19 + Jitter(), -.3), (.34 + Jitter(), -.02));
        _canvas.Polygon(new(200, 220, 235), (-.23, -.04), (-.15, -.24), (-.02, -.24), (-.02, -.04));
        _canvas.Polygon(new(200, 220, 235), (.03, -.04), (.03, -.24), (.15, -.24), (.24, -.04));
        foreach (var x in (ReadOnlySpan<double>)[-.27, .28])
        {
            _canvas.Ellipse(x, .24, .125, .125, new(30, 30, 32));
            _canvas.Ellipse(x, .24, .055, .055, new(170, 170, 175));
        }
    }

    private void Bird()
    {
        _canvas.Ellipse(0, .04, .3, .22, _colour);
        _canvas.Ellipse(.24, -.2, .16, .15, _colour * .95f);
        _canvas.Polygon(new(250, 180, 40), (.37, -.24), (.5, -.17), (.37, -.12));
        _canvas.Polygon(_colour * .7f, (-.22, -.04), (-.49, .12 + Jitter()), (-.45, .24), (-.15, .16));
        _canvas.Polygon(_colour * .6f, (-.14, -.06), (.12, -.03), (-.14 + Jitter(), .24 + Jitter()));
        _canvas.Ellipse(.28, -.24, .03, .03, new(15, 15, 15));
        Box(new(220, 150, 60), -.06, .22, -.01, .4);
        Box(new(220, 150, 60), .07, .22, .12, .39);
    }

    private void Box(Vector3 colour, double left, double top, double right, double bottom) =>
        _canvas.Polygon(colour, (left, top), (right, top), (right, bottom), (left, bottom));

    private double Jitter() => _random.Normal(0, .02);
}
