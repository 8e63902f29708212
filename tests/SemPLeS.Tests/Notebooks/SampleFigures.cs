using SemPLeS.Data;
using SemPLeS.Evaluation;
using SemPLeS.Notebooks;

namespace SemPLeS.Tests.Notebooks;

/// <summary>One figure of each kind, with a text in every place that takes one.</summary>
internal static class SampleFigures
{
    public static IReadOnlyDictionary<string, Figure> All(string text) => new Dictionary<string, Figure>
    {
        ["bars"] = Charts.Bars(text, text, [text, "b"], [new BarSeries(text, [50, double.NaN]) { Spread = [2, double.NaN] }, new BarSeries("other", [40, 60])]),
        ["per class"] = Charts.PerClassIou(text, ["background", text], [new ScoreColumn(text, new SegmentationScores([.5, .25], .375, 0, 0))]),
        ["curves"] = Charts.Curves(new ChartSection(text, text, text, [new ChartSeries(text, [new ChartPoint(1, 2), new ChartPoint(2, double.NaN)])])),
        ["heat map"] = Charts.HeatMap(text, text, text, text, [text, "b"], [text], new[,] { { 1, double.NaN } }),
        ["confusion"] = Charts.Confusion(text, ["background", text], Confusion()),
        ["scatter"] = Charts.Scatter(text, text, text, [new PointSeries(text, [new NamedPoint(text, 1, 2)])]),
        ["slider"] = Charts.ImageSlider(text, text, [text, "b"], [Step("1"), Step(text)]),
    };

    /// <summary>3 of 4 background pixels are right, and the one pixel of the other label is not.</summary>
    public static ConfusionMatrix Confusion()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(new LabelMap(5, 1, [0, 0, 0, 0, 1]), new LabelMap(5, 1, [0, 0, 0, 1, 0]));
        return matrix;
    }

    private static PictureStep Step(string name) => new(name, [new RgbImage(4, 2, new byte[24]), new RgbImage(4, 2, new byte[24])]);
}
