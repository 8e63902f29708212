using SemPLeS.Data;

namespace SemPLeS.Tests.Training;

/// <summary>Drawn pictures of one square on noise, whose colour is its class: red, green or blue. Made anew at each reading.</summary>
internal sealed class SquareImages(int count, long seed = 0, int width = 16, int height = 16) : ILabelledImages
{
    /// <summary>Called before a picture is made, on the thread that reads it.</summary>
    public Action<int> Reading { get; init; } = _ => { };

    public int Count => count;

    public int ClassCount => 3;

    public IReadOnlyList<string> ClassNames => ["red", "green", "blue"];

    public bool HasTruth => true;

    public string Id(int index) => $"square-{seed}-{index}";

    public IReadOnlyList<int> Labels(int index) => [index % ClassCount];

    public RgbImage Image(int index)
    {
        Reading(index);
        var random = new RandomStream(seed, index);
        var pixels = new byte[width * height * 3];
        foreach (ref var value in pixels.AsSpan())
            value = (byte)random.Below(100);
        var truth = Truth(index).Labels;
        for (var i = 0; i < truth.Length; i++)
        {
            if (truth[i] > 0)
                pixels[i * 3 + truth[i] - 1] = 250;
        }

        return new RgbImage(width, height, pixels);
    }

    public LabelMap Truth(int index)
    {
        var side = Math.Min(width, height) / 2;
        var random = new RandomStream(seed, index, 1);
        var (left, top) = (random.Below(width - side + 1), random.Below(height - side + 1));
        var labels = new byte[width * height];
        for (var y = top; y < top + side; y++)
            labels.AsSpan(y * width + left, side).Fill((byte)(index % ClassCount + 1));
        return new LabelMap(width, height, labels);
    }
}
