using Plotly.NET;
using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>Pictures side by side, one row of them for each position of a slider. On both axes one unit is a picture's width.</summary>
internal static class ImageSliderChart
{
    private const double Pitch = 1.04;
    private const int Width = 672;
    private const int Frame = 210;

    public static Figure Build(string title, string stepName, IReadOnlyList<string> captions, IReadOnlyList<PictureStep> steps)
    {
        ArgumentNullException.ThrowIfNull(captions);
        ArgumentNullException.ThrowIfNull(steps);
        if (captions.Count == 0 || steps.Count == 0)
            throw new ArgumentException($"'{title}' has {captions.Count} captions and {steps.Count} steps.", nameof(steps));
        if (steps.FirstOrDefault(step => step.Pictures.Count != captions.Count) is { } odd)
            throw new ArgumentException($"Step '{odd.Name}' has {odd.Pictures.Count} pictures for {captions.Count} captions.", nameof(steps));
        var width = captions.Count * Pitch - (Pitch - 1);
        var height = steps.SelectMany(step => step.Pictures).Max(picture => (double)picture.Height / picture.Width);
        var layout = ChartLayout.Titled(title);
        layout.margin = new { l = 24, r = 24, t = 84, b = 24 };
        layout.xaxis = new { visible = false, range = new[] { 0, width }, constrain = "domain" };
        layout.yaxis = new { visible = false, range = new[] { height, 0 }, scaleanchor = "x", constrain = "domain" };
        layout.annotations = captions.Select((caption, column) => new
        {
            text = ChartLayout.Text(caption),
            x = column * Pitch + .5,
            y = 0,
            yanchor = "bottom",
            showarrow = false,
        }).ToArray();
        layout.sliders = new[] { Slider(stepName, captions.Count, steps) };
        return ChartLayout.Figure(
            title,
            [.. steps.SelectMany(step => step.Pictures.Select((picture, column) => Image(picture, column, step.Name, isVisible: step == steps[^1])))],
            (Layout)layout,
            new PictureSection(title, captions, [.. new[] { steps[0], steps[^1] }.Distinct().Select(step => Row(stepName, captions, step))]),
            Frame + (int)(Width * height / width));
    }

    private static Trace Image(RgbImage picture, int column, string step, bool isVisible)
    {
        dynamic trace = new Trace("image");
        trace.name = ChartLayout.Text(step);
        trace.source = Html.DataUri(picture);
        trace.visible = isVisible;
        trace.hoverinfo = "skip";
        trace.dx = trace.dy = 1.0 / picture.Width;
        trace.x0 = column * Pitch + .5 / picture.Width;
        trace.y0 = .5 / picture.Width;
        return trace;
    }

    private static object Slider(string stepName, int columns, IReadOnlyList<PictureStep> steps) => new
    {
        active = steps.Count - 1,
        currentvalue = new { prefix = ChartLayout.Text(stepName) + " ", xanchor = "left" },
        pad = new { t = 16 },
        steps = steps.Select((step, place) => new
        {
            label = ChartLayout.Text(step.Name),
            method = "restyle",
            args = new object[] { new { visible = Enumerable.Range(0, steps.Count * columns).Select(trace => trace / columns == place).ToArray() } },
        }).ToArray(),
    };

    private static PictureRow Row(string stepName, IReadOnlyList<string> captions, PictureStep step) =>
        new($"{stepName} {step.Name}", [.. step.Pictures.Select((picture, column) => new Picture(picture, $"{captions[column]}, {stepName} {step.Name}"))]);
}
