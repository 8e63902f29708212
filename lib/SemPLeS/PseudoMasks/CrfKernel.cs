using SemPLeS.Data;

namespace SemPLeS.PseudoMasks;

/// <summary>A kernel of a CRF as a lattice of a picture's pixels.</summary>
internal sealed class CrfKernel
{
    private const double HighestLevel = 255;

    private float[] _features = [];
    private (int Width, int Height, double Spread) _positions;

    /// <summary>The lattice of the last picture.</summary>
    public PermutohedralLattice Lattice { get; } = new();

    /// <summary>Positions alone: the lattice is that of any picture of this size, so it is kept until another comes.</summary>
    /// <exception cref="ArgumentException">The spread is so small that vertices can't be numbered.</exception>
    public void UsePositions(int width, int height, double spread)
    {
        if (_positions == (width, height, spread))
            return;
        _positions = default;
        var stride = Reserve(width * height, 2);
        FillPositions(width, height, stride, spread);
        Lattice.Build(_features, width * height, stride, [(width - 1) / spread, (height - 1) / spread]);
        _positions = (width, height, spread);
    }

    /// <summary>Positions and colours.</summary>
    /// <exception cref="ArgumentException">A spread is so small that vertices can't be numbered.</exception>
    public void UsePositionsAndColors(RgbImage image, double spread, double colorSpread)
    {
        var (width, height, pixels) = (image.Width, image.Height, image.Pixels);
        var stride = Reserve(width * height, 5);
        FillPositions(width, height, stride, spread);
        var colors = _features.AsSpan(2 * stride, 3 * stride);
        var scale = (float)colorSpread;
        for (var i = 0; i < width * height; i++)
        {
            colors[i] = pixels[3 * i] / scale;
            colors[stride + i] = pixels[3 * i + 1] / scale;
            colors[2 * stride + i] = pixels[3 * i + 2] / scale;
        }

        var limit = HighestLevel / colorSpread;
        Lattice.Build(_features, width * height, stride, [(width - 1) / spread, (height - 1) / spread, limit, limit, limit]);
    }

    private int Reserve(int points, int rows)
    {
        var stride = (points + LatticeEmbedding.Group - 1) / LatticeEmbedding.Group * LatticeEmbedding.Group;
        if (_features.Length < stride * rows)
            _features = new float[stride * rows];
        return stride;
    }

    private void FillPositions(int width, int height, int stride, double spread)
    {
        var columns = _features.AsSpan(0, stride);
        var rows = _features.AsSpan(stride, stride);
        var scale = (float)spread;
        for (var y = 0; y < height; y++)
        {
            rows.Slice(y * width, width).Fill(y / scale);
            for (var x = 0; x < width; x++)
                columns[y * width + x] = x / scale;
        }
    }
}
