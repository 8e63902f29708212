namespace SemPLeS.Data;

/// <summary>For every new pixel along one axis: which old pixels it is made of, and their weights in fixed point.</summary>
internal sealed class ResampleWeights
{
    /// <summary>Fraction bits of a weight: 32 less 8 for the pixel and 2 for sums that overshoot, as in Pillow.</summary>
    public const int FractionBits = 22;

    public ResampleWeights(int length, int newLength, ResampleFilter filter)
    {
        var (kernel, radius) = KernelOf(filter);
        var scale = (double)length / newLength;
        var stretch = Math.Max(scale, 1);
        var support = radius * stretch;
        Stride = (int)Math.Ceiling(support) * 2 + 1;
        First = new int[newLength];
        Count = new int[newLength];
        Values = new int[newLength * Stride];
        var exact = new double[Stride];
        for (var i = 0; i < newLength; i++)
        {
            var centre = (i + .5) * scale;
            var first = Math.Max((int)(centre - support + .5), 0);
            var count = Math.Min((int)(centre + support + .5), length) - first;
            var sum = 0.0;
            for (var j = 0; j < count; j++)
                sum += exact[j] = kernel((first + j - centre + .5) * (1 / stretch));
            for (var j = 0; j < count; j++)
                Values[i * Stride + j] = Fixed(sum != 0 ? exact[j] / sum : exact[j]);
            First[i] = first;
            Count[i] = count;
        }
    }

    /// <summary>Old index of each new pixel's first weight.</summary>
    public int[] First { get; }

    /// <summary>Number of weights of each new pixel.</summary>
    public int[] Count { get; }

    /// <summary>Distance in <see cref="Values"/> from one new pixel's weights to the next one's.</summary>
    public int Stride { get; }

    /// <summary>The weights; those of a pixel sum to 2^22 but for rounding.</summary>
    public int[] Values { get; }

    /// <summary>The weights of one new pixel.</summary>
    public ReadOnlySpan<int> Of(int index) => Values.AsSpan(index * Stride, Count[index]);

    private static int Fixed(double weight) => (int)(weight * (1 << FractionBits) + (weight < 0 ? -.5 : .5));

    private static (Func<double, double> Kernel, double Radius) KernelOf(ResampleFilter filter) => filter switch
    {
        ResampleFilter.Box => (static x => x is > -.5 and <= .5 ? 1 : 0, .5),
        ResampleFilter.Bilinear => (static x => Math.Max(1 - Math.Abs(x), 0), 1),
        ResampleFilter.Bicubic => (Cubic, 2),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Not a resampling filter."),
    };

    private static double Cubic(double x)
    {
        const double A = -.5;
        x = Math.Abs(x);
        return x switch
        {
            < 1 => ((A + 2) * x - (A + 3)) * x * x + 1,
            < 2 => (((x - 5) * x + 8) * x - 4) * A,
            _ => 0,
        };
    }
}
