using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>Bicubic resizing of position embeddings (Keys, a = -0.75, align_corners false, the border repeated), as two small matrix products: exact, and differentiable.</summary>
internal static class PositionResize
{
    private const double A = -.75;

    /// <summary>Resizes the embeddings of a square grid.</summary>
    /// <param name="positions">(1, grid x grid, channels), row-major.</param>
    /// <param name="grid">Rows, and columns, of the given embeddings.</param>
    /// <param name="rows">Rows wanted.</param>
    /// <param name="columns">Columns wanted.</param>
    /// <param name="slack">
    /// Added to rows and columns in the scale factors that map the coordinates: .1 for a generator's forward pass (DINO's guard against rounding, which WeakTr kept),
    /// 0 where the sizes alone decide.
    /// </param>
    /// <returns>(1, rows x columns, channels).</returns>
    public static Tensor Bicubic(Tensor positions, int grid, int rows, int columns, double slack)
    {
        using var scope = NewDisposeScope();
        var channels = positions.shape[2];
        var vertical = Matrix(grid, rows, (rows + slack) / grid).to(positions.device);
        var horizontal = Matrix(grid, columns, (columns + slack) / grid).to(positions.device);
        var stretched = vertical.matmul(positions.reshape(grid, grid * channels)).view(rows, grid, channels);
        return horizontal.matmul(stretched).view(1, (long)rows * columns, channels).MoveToOuterDisposeScope();
    }

    /// <summary>(outputs, inputs): each row holds the four weights of an output's neighbours.</summary>
    private static Tensor Matrix(int inputs, int outputs, double scale)
    {
        var weights = new float[outputs * inputs];
        for (var output = 0; output < outputs; output++)
        {
            var source = (output + .5) / scale - .5;
            var first = (int)Math.Floor(source) - 1;
            for (var tap = first; tap < first + 4; tap++)
                weights[output * inputs + Math.Clamp(tap, 0, inputs - 1)] += (float)Weight(Math.Abs(source - tap));
        }

        return tensor(weights, [outputs, inputs]);
    }

    private static double Weight(double distance) => distance switch
    {
        <= 1 => ((A + 2) * distance - (A + 3)) * distance * distance + 1,
        < 2 => ((A * distance - 5 * A) * distance + 8 * A) * distance - 4 * A,
        _ => 0,
    };
}
