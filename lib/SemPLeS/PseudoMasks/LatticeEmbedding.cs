using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SemPLeS.PseudoMasks;

/// <summary>
/// Where points of d dimensions lie in the permutohedral lattice (Adams, Baek and Davis 2010, sections 3.1 and 3.2): for each point the d + 1
/// vertices around it, as keys, and its barycentric weights among them. Eight points at once.
/// </summary>
/// <remarks>
/// The d + 1 coordinates of a vertex add up to 0 and are congruent modulo d + 1. So its key holds the remainder, in the lowest bits, and d whole
/// quotients. All steps from vertex to vertex are then additions of constants to the key.
/// </remarks>
internal sealed class LatticeEmbedding
{
    /// <summary>Points that are embedded at once.</summary>
    public const int Group = 8;

    private const int MostDimensions = 7;
    private const int RemainderBits = 3;

    private readonly int _dimensions;
    private readonly float[] _scales;
    private readonly int[] _biases;
    private readonly int[] _shifts;

    /// <summary>Lays out the keys.</summary>
    /// <param name="limits">The largest value of each of the 1 to 7 features; none is below 0.</param>
    /// <exception cref="ArgumentException">The points would spread over more cells than a key can number.</exception>
    public LatticeEmbedding(ReadOnlySpan<double> limits)
    {
        _dimensions = limits.Length;
        _scales = new float[_dimensions];
        _biases = new int[_dimensions];
        _shifts = new int[_dimensions];
        Steps = new ulong[_dimensions + 1];
        var deviation = Math.Sqrt(2.0 / 3) * (_dimensions + 1);
        var (shift, highest) = (RemainderBits, 0.0);
        for (var i = 0; i < _dimensions; i++)
        {
            _scales[i] = (float)(deviation / Math.Sqrt((i + 1.0) * (i + 2)));
            highest += limits[i] * _scales[i];
        }

        for (var i = 0; i < _dimensions; i++)
        {
            // Coordinate i is the sum of the scaled features from i on, less i times the one before.
            var lowest = i == 0 ? 0 : i * limits[i - 1] * _scales[i - 1];
            highest -= i == 0 ? 0 : limits[i - 1] * _scales[i - 1];
            var (below, above) = (Math.Ceiling(lowest / (_dimensions + 1)) + 3, Math.Ceiling(Math.Max(0, highest) / (_dimensions + 1)) + 3);
            if (!(below + above < 1 << 24) || shift + BitOperations.Log2((uint)(below + above)) + 1 is var next && next > 64)
                throw new ArgumentException($"A lattice over {_dimensions} features of up to {string.Join(", ", limits.ToArray())} standard deviations has more cells than can be numbered.", nameof(limits));
            (_biases[i], _shifts[i], Steps[i]) = ((int)below, shift, 1UL << shift);
            shift = next;
        }

        LastToFirst = (ulong)_dimensions - Steps.Aggregate(0UL, (sum, step) => sum + step);
    }

    /// <summary>What a key grows by when one coordinate's quotient grows by one: d + 1 numbers, the last 0, since keys do without that coordinate.</summary>
    public ulong[] Steps { get; }

    /// <summary>What is added to the key of a vertex of remainder 0 when 1 is taken from all its coordinates: the remainder d is then left.</summary>
    public ulong LastToFirst { get; }

    /// <summary>The remainder of a key's vertex.</summary>
    public static ulong Remainder(ulong key) => key & ((1 << RemainderBits) - 1);

    /// <summary>Embeds eight points.</summary>
    /// <param name="features">d rows of eight values.</param>
    /// <param name="keys">Takes the keys of each point's vertices: eight rows of d + 1.</param>
    /// <param name="weights">Takes the weights, likewise.</param>
    public void Embed(ReadOnlySpan<Vector256<float>> features, Span<ulong> keys, Span<float> weights)
    {
        var (dimensions, corners) = (_dimensions, _dimensions + 1);
        Span<Vector256<float>> offsets = stackalloc Vector256<float>[MostDimensions + 1];
        Span<Vector256<int>> cells = stackalloc Vector256<int>[MostDimensions + 1];
        Span<Vector256<int>> ranks = stackalloc Vector256<int>[MostDimensions + 1];
        Elevate(features, offsets);
        var total = NearestOrigin(offsets[..corners], cells);
        Rank(offsets[..corners], ranks);
        BringToPlane(total, offsets[..corners], cells, ranks);

        var cellOf = MemoryMarshal.Cast<Vector256<int>, int>(cells);
        var rankOf = MemoryMarshal.Cast<Vector256<int>, int>(ranks);
        Span<ulong> steps = stackalloc ulong[MostDimensions + 1];
        for (var point = 0; point < Group; point++)
        {
            var key = 0UL;
            for (var i = 0; i < dimensions; i++)
                key += (ulong)(cellOf[i * Group + point] + _biases[i]) << _shifts[i];
            for (var i = 0; i < corners; i++)
                steps[rankOf[i * Group + point]] = Steps[i];
            var own = keys.Slice(point * corners, corners);
            own[0] = key;
            for (var corner = 1; corner < corners; corner++)
                own[corner] = key += 1 - steps[corners - corner];
        }

        Weigh(offsets[..corners], weights);
    }

    /// <summary>Into the plane x_0 + ... + x_d = 0 of one dimension more.</summary>
    private void Elevate(ReadOnlySpan<Vector256<float>> features, Span<Vector256<float>> elevated)
    {
        var sum = Vector256<float>.Zero;
        for (var i = _dimensions; i > 0; i--)
        {
            var scaled = features[i - 1] * _scales[i - 1];
            elevated[i] = sum - scaled * i;
            sum += scaled;
        }

        elevated[0] = sum;
    }

    /// <summary>The nearest point whose coordinates are multiples of d + 1, as quotients; leaves the way from there.</summary>
    /// <returns>The quotients' sum.</returns>
    private static Vector256<int> NearestOrigin(Span<Vector256<float>> offsets, Span<Vector256<int>> cells)
    {
        var total = Vector256<int>.Zero;
        for (var i = 0; i < offsets.Length; i++)
        {
            var nearest = Vector256.Round(offsets[i] * (1f / offsets.Length));
            cells[i] = Vector256.ConvertToInt32(nearest);
            offsets[i] -= nearest * offsets.Length;
            total += cells[i];
        }

        return total;
    }

    /// <summary>How many of a point's offsets are larger than each; of equal ones the first counts as larger.</summary>
    private static void Rank(ReadOnlySpan<Vector256<float>> offsets, Span<Vector256<int>> ranks)
    {
        for (var i = 0; i < offsets.Length; i++)
            ranks[i] = Vector256<int>.Zero;
        for (var i = 0; i < offsets.Length; i++)
        {
            for (var j = i + 1; j < offsets.Length; j++)
            {
                var less = Vector256.LessThan(offsets[i], offsets[j]).AsInt32();
                ranks[i] -= less;
                ranks[j] -= ~less;
            }
        }
    }

    /// <summary>Where the quotients do not add up to 0, those with the largest error are moved by one.</summary>
    private static void BringToPlane(Vector256<int> total, Span<Vector256<float>> offsets, Span<Vector256<int>> cells, Span<Vector256<int>> ranks)
    {
        var corners = offsets.Length;
        for (var i = 0; i < corners; i++)
        {
            var rank = ranks[i] + total;
            var move = Vector256.GreaterThan(rank, Vector256.Create(corners - 1)) - Vector256.LessThan(rank, Vector256<int>.Zero);
            ranks[i] = rank + move * corners;
            cells[i] += move;
            offsets[i] -= Vector256.ConvertToSingle(move) * corners;
        }
    }

    /// <summary>Barycentric weights: differences of neighbours among the sorted offsets.</summary>
    private static void Weigh(Span<Vector256<float>> offsets, Span<float> weights)
    {
        var corners = offsets.Length;
        for (var end = corners - 1; end > 0; end--)
        {
            for (var i = 0; i < end; i++)
                (offsets[i], offsets[i + 1]) = (Vector256.Min(offsets[i], offsets[i + 1]), Vector256.Max(offsets[i], offsets[i + 1]));
        }

        Span<float> one = stackalloc float[Group];
        for (var corner = 0; corner < corners; corner++)
        {
            var row = corner == 0 ? (offsets[0] - offsets[corners - 1]) * (1f / corners) + Vector256<float>.One : (offsets[corner] - offsets[corner - 1]) * (1f / corners);
            row.CopyTo(one);
            for (var point = 0; point < Group; point++)
                weights[point * corners + corner] = one[point];
        }
    }
}
