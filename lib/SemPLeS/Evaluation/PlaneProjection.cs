using MathNet.Numerics.LinearAlgebra;

namespace SemPLeS.Evaluation;

/// <summary>The plane in which points of many dimensions differ most: their first two principal components. The larger coordinate of each axis is positive, so that the picture is the same every time.</summary>
public sealed class PlaneProjection
{
    private const int Axes = 2;

    private readonly Vector<double> _mean;
    private readonly Matrix<double> _axes;

    private PlaneProjection(Vector<double> mean, Matrix<double> axes, double share) => (_mean, _axes, Share) = (mean, axes, share);

    /// <summary>The part of the points' variance that the plane shows, in 0..1.</summary>
    public double Share { get; }

    /// <summary>Finds the plane of points.</summary>
    /// <param name="points">points x dimensions, at least 3 x 2, not all equal.</param>
    /// <exception cref="ArgumentException">There are too few points or dimensions, or all points are equal.</exception>
    public static PlaneProjection Of(double[,] points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var (count, width) = (points.GetLength(0), points.GetLength(1));
        if (count <= Axes || width < Axes)
            throw new ArgumentException($"{count} points of {width} dimensions span no plane.", nameof(points));
        var matrix = Matrix<double>.Build.DenseOfArray(points);
        var mean = matrix.ColumnSums() / count;
        var svd = Centred(matrix, mean).Svd();
        var variances = svd.S.PointwisePower(2);
        if (!(variances.Sum() > 0))
            throw new ArgumentException("All points are equal.", nameof(points));
        var axes = Matrix<double>.Build.DenseOfRowVectors(Enumerable.Range(0, Axes).Select(axis => Signed(svd.VT.Row(axis))));
        return new PlaneProjection(mean, axes, (variances[0] + variances[1]) / variances.Sum());
    }

    /// <summary>Where points lie in the plane.</summary>
    /// <param name="points">points x dimensions.</param>
    /// <returns>A pair of coordinates for each point.</returns>
    /// <exception cref="ArgumentException">The points have another number of dimensions.</exception>
    public IReadOnlyList<(double X, double Y)> Place(double[,] points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.GetLength(1) != _mean.Count)
            throw new ArgumentException($"Points of {points.GetLength(1)} dimensions don't fit a plane in {_mean.Count}.", nameof(points));
        var placed = Centred(Matrix<double>.Build.DenseOfArray(points), _mean) * _axes.Transpose();
        return [.. placed.EnumerateRows().Select(row => (row[0], row[1]))];
    }

    private static Matrix<double> Centred(Matrix<double> points, Vector<double> mean) => Matrix<double>.Build.DenseOfRowVectors(points.EnumerateRows().Select(row => row - mean));

    private static Vector<double> Signed(Vector<double> axis) => axis[axis.AbsoluteMaximumIndex()] < 0 ? -axis : axis;
}
