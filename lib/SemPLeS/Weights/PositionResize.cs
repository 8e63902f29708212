using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>
/// Resizing of position embeddings (align_corners false, the border repeated), as two small matrix products: exact, and differentiable.
/// </summary>
internal static class PositionResize
{
    private const double A = -.75;

    /// <summary>Resizes the embeddings of a square grid bicubically (Keys, a = -0.75).</summary>
    /// <param name="positions">(1, grid x grid, channels), row-major.</param>
    /// <param name="grid">Rows, and columns, of the given embeddings.</param>
    /// <param name="rows">Rows wanted.</param>
    /// <param name="columns">Columns wanted.</param>
    /// <param name="slack">
    /// Added to rows and columns in the scale factors that map the coordinates: .1 for a generator's forward pass (DINO's guard against rounding,
    /// which WeakTr kept), 0 where the sizes alone decide.
    /// </param>
    /// <returns>(1, rows x columns, channels).</returns>
    public static Tensor Bicubic(Tensor positions, int grid, int rows, int columns, double slack) =>
        Resize(positions, grid, (rows, (rows + slack) / grid), (columns, (columns + slack) / grid), Cubic);

    /// <summary>Resizes the embeddings of a square grid bilinearly, by the sizes.</summary>
    /// <param name="positions">(1, grid x grid, channels), row-major.</param>
    /// <param name="grid">Rows, and columns, of the given embeddings.</param>
    /// <param name="rows">Rows wanted.</param>
    /// <param name="columns">Columns wanted.</param>
    /// <returns>(1, rows x columns, channels).</returns>
    public static Tensor Bilinear(Tensor positions, int grid, int rows, int columns) =>
        Resize(positions, grid, (rows, (double)rows / grid), (columns, (double)columns / grid), distance => Math.Max(1 - distance, 0));

    /// <summary>A file's position embeddings for another grid, where one is wanted; patches come last in them, in rows of the last but one dimension.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What stands before the network's own names.</param>
    /// <param name="name">The embeddings' own name.</param>
    /// <param name="own">Rows, and columns, of the file's patches; null where nothing is to be resized.</param>
    /// <param name="wanted">Those that are wanted; null for the file's.</param>
    /// <returns>The grid that they were resized from, and the embeddings under their name, in the caller's scope; null and none where they stay as they are.</returns>
    public static (int? From, IReadOnlyDictionary<string, Tensor> Replaced) ForLoad(WeightsFile file, string prefix, string name, int? own, int? wanted)
    {
        var replaced = new Dictionary<string, Tensor>();
        if (own is not { } grid || wanted is not { } target || grid == target)
            return (null, replaced);
        using var scope = NewDisposeScope();
        var all = file.ReadFloat(prefix + name);
        var (dimension, patches) = (all.dim() - 2, (long)grid * grid);
        var tokens = all.shape[dimension] - patches;
        var resized = Bicubic(all.narrow(dimension, tokens, patches).reshape(1, patches, -1), grid, target, target, slack: 0);
        var shape = all.shape;
        shape[dimension] = (long)target * target;
        replaced[name] = cat([all.narrow(dimension, 0, tokens), resized.reshape(shape)], dimension).MoveToOuterDisposeScope();
        return (grid, replaced);
    }

    private static Tensor Resize(Tensor positions, int grid, (int Count, double Scale) rows, (int Count, double Scale) columns, Func<double, double> kernel)
    {
        using var scope = NewDisposeScope();
        var channels = positions.shape[2];
        var vertical = Matrix(grid, rows.Count, rows.Scale, kernel).to(positions.device);
        var horizontal = Matrix(grid, columns.Count, columns.Scale, kernel).to(positions.device);
        var stretched = vertical.matmul(positions.reshape(grid, grid * channels)).view(rows.Count, grid, channels);
        return horizontal.matmul(stretched).view(1, (long)rows.Count * columns.Count, channels).MoveToOuterDisposeScope();
    }

    /// <summary>(outputs, inputs): each row holds the weights of an output's four neighbours.</summary>
    private static Tensor Matrix(int inputs, int outputs, double scale, Func<double, double> kernel)
    {
        var weights = new float[outputs * inputs];
        for (var output = 0; output < outputs; output++)
        {
            var source = (output + .5) / scale - .5;
            var first = (int)Math.Floor(source) - 1;
            for (var tap = first; tap < first + 4; tap++)
                weights[output * inputs + Math.Clamp(tap, 0, inputs - 1)] += (float)kernel(Math.Abs(source - tap));
        }

        return tensor(weights, [outputs, inputs]);
    }

    private static double Cubic(double distance) => distance switch
    {
        <= 1 => ((A + 2) * distance - (A + 3)) * distance * distance + 1,
        < 2 => ((A * distance - 5 * A) * distance + 8 * A) * distance - 4 * A,
        _ => 0,
    };
}
