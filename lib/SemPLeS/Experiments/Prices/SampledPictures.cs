using SemPLeS.Data;

namespace SemPLeS.Experiments.Prices;

/// <summary>Sizes and labels of some of a data set's pictures, which stand for all.</summary>
internal sealed class SampledPictures
{
    private const int Most = 64;

    private readonly (int Width, int Height)[] _sizes;

    public SampledPictures(ILabelledImages images)
    {
        Count = images.Count;
        var some = Math.Min(Most, Count);
        int[] chosen = [.. Enumerable.Range(0, some).Select(index => (int)((long)index * Count / some))];
        _sizes = [.. chosen.Select(images.Size)];
        Labels = chosen.Length == 0 ? 0 : chosen.Average(index => images.Labels(index).Count);
    }

    /// <summary>All pictures.</summary>
    public int Count { get; }

    /// <summary>Classes of a picture, on average.</summary>
    public double Labels { get; }

    /// <summary>The sum over all pictures of what each costs.</summary>
    public double Sum(Func<int, int, double> cost) => _sizes.Length == 0 ? 0 : Count * _sizes.Average(size => cost(size.Width, size.Height));

    /// <summary>What the largest picture that there may be costs: a square of the longest side.</summary>
    public double Largest(Func<int, int, double> cost)
    {
        var side = _sizes.Length == 0 ? 0 : _sizes.Max(size => Math.Max(size.Width, size.Height));
        return side == 0 ? 0 : cost(side, side);
    }
}
