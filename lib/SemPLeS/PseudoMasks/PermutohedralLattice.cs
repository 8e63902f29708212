using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SemPLeS.PseudoMasks;

/// <summary>
/// The permutohedral lattice of the points of one picture (Adams, Baek and Davis 2010): a sparse grid on which a Gaussian filter over many
/// dimensions costs a few additions a point. Vertex 0 stands for all that are missing: its values stay 0.
/// </summary>
/// <remarks>
/// The weights hold the symmetric normalisation too: splatting by them, blurring, and slicing by them is n^-1/2 K n^-1/2 with the filter K and
/// n = K 1. Arrays are kept from picture to picture and grow when one needs more.
/// </remarks>
internal sealed class PermutohedralLattice
{
    private const float Tiny = 1e-20f;

    private readonly LatticeVertices _vertices = new();
    private int[] _places = [];
    private float[] _weights = [];
    private int[] _neighbours = [];
    private float[] _ones = [];
    private float[] _blurredOnes = [];

    /// <summary>Vertices around a point: d + 1.</summary>
    public int Corners { get; private set; }

    /// <summary>Number of vertices, vertex 0 included.</summary>
    public int Count => _vertices.Count + 1;

    /// <summary>For each point the d + 1 vertices around it.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>Their weights.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>Makes the lattice of these points.</summary>
    /// <param name="features">
    /// d rows of <paramref name="stride"/> coordinates in standard deviations, none below 0; what follows the points in a row is not looked at.
    /// </param>
    /// <param name="points">Number of points, at least 1.</param>
    /// <param name="stride">Length of a row, a multiple of 8.</param>
    /// <param name="limits">The largest coordinate of each row.</param>
    /// <exception cref="ArgumentException">The points spread over more cells than can be numbered.</exception>
    public void Build(ReadOnlySpan<float> features, int points, int stride, ReadOnlySpan<double> limits)
    {
        var embedding = new LatticeEmbedding(limits);
        Corners = limits.Length + 1;
        Grow(ref _places, stride * Corners);
        Grow(ref _weights, stride * Corners);
        _vertices.Clear(points / 2);
        Place(embedding, features, points, stride);
        FindNeighbours(embedding);
        Normalise(points);
    }

    /// <summary>Blurs values by (1/2, 1, 1/2) along each of the d + 1 axes.</summary>
    /// <param name="values"><see cref="Count"/> rows of <paramref name="blocks"/> vectors.</param>
    /// <param name="scratch">As many.</param>
    /// <param name="blocks">Vectors of a vertex.</param>
    /// <returns>Whether the result is in <paramref name="scratch"/>.</returns>
    public bool Blur(Span<Vector256<float>> values, Span<Vector256<float>> scratch, int blocks)
    {
        var from = values;
        var to = scratch;
        for (var axis = 0; axis < Corners; axis++)
        {
            if (blocks == 1)
                BlurOne(from, to, Neighbours(axis));
            else
                BlurMany(from, to, Neighbours(axis), blocks);
            var other = from;
            from = to;
            to = other;
        }

        return Corners % 2 == 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BlurOne(ReadOnlySpan<Vector256<float>> from, Span<Vector256<float>> to, ReadOnlySpan<int> neighbours)
    {
        var half = Vector256.Create(.5f);
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        ref var neighbour = ref MemoryMarshal.GetReference(neighbours);
        target = Vector256<float>.Zero;
        for (nint vertex = 1; vertex < neighbours.Length / 2; vertex++)
        {
            var sides = Unsafe.Add(ref source, Unsafe.Add(ref neighbour, 2 * vertex)) + Unsafe.Add(ref source, Unsafe.Add(ref neighbour, 2 * vertex + 1));
            Unsafe.Add(ref target, vertex) = Vector256.MultiplyAddEstimate(sides, half, Unsafe.Add(ref source, vertex));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BlurMany(ReadOnlySpan<Vector256<float>> from, Span<Vector256<float>> to, ReadOnlySpan<int> neighbours, int blocks)
    {
        var half = Vector256.Create(.5f);
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        to[..blocks].Clear();
        for (var vertex = 1; vertex < neighbours.Length / 2; vertex++)
        {
            var (own, before, after) = ((nint)vertex * blocks, (nint)neighbours[2 * vertex] * blocks, (nint)neighbours[2 * vertex + 1] * blocks);
            for (nint block = 0; block < blocks; block++)
            {
                var sides = Unsafe.Add(ref source, before + block) + Unsafe.Add(ref source, after + block);
                Unsafe.Add(ref target, own + block) = Vector256.MultiplyAddEstimate(sides, half, Unsafe.Add(ref source, own + block));
            }
        }
    }

    /// <summary>Each vertex's two neighbours along an axis, one after the other.</summary>
    private Span<int> Neighbours(int axis) => _neighbours.AsSpan(axis * 2 * Count, 2 * Count);

    /// <summary>Finds the vertices around every point. Neighbouring points share most of theirs, which saves looking them up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(LatticeEmbedding embedding, ReadOnlySpan<float> features, int points, int stride)
    {
        var corners = Corners;
        Span<Vector256<float>> group = stackalloc Vector256<float>[corners - 1];
        Span<ulong> keys = stackalloc ulong[(LatticeEmbedding.Group + 1) * corners];
        Span<int> last = stackalloc int[corners];
        keys.Fill(ulong.MaxValue);
        for (var start = 0; start < points; start += LatticeEmbedding.Group)
        {
            for (var i = 0; i < group.Length; i++)
                group[i] = Vector256.Create(features[(i * stride + start)..]);
            keys[^corners..].CopyTo(keys);
            embedding.Embed(group, keys[corners..], _weights.AsSpan(start * corners, LatticeEmbedding.Group * corners));
            var places = _places.AsSpan(start * corners, Math.Min(LatticeEmbedding.Group, points - start) * corners);
            for (var (i, corner) = (0, 0); i < places.Length; i++)
            {
                var key = keys[corners + i];
                if (key != keys[i])
                    last[corner] = _vertices.Add(key);
                places[i] = last[corner];
                corner = corner + 1 == corners ? 0 : corner + 1;
            }
        }
    }

    /// <summary>Each vertex looks for the neighbour before it along every axis; that one then has it as the neighbour after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindNeighbours(LatticeEmbedding embedding)
    {
        Grow(ref _neighbours, Corners * 2 * Count);
        for (var axis = 0; axis < Corners; axis++)
        {
            var neighbours = Neighbours(axis);
            neighbours.Clear();
            var (step, wrapped) = (embedding.Steps[axis] - 1, embedding.Steps[axis] + embedding.LastToFirst);
            for (var vertex = 1; vertex < Count; vertex++)
            {
                var key = _vertices.Key(vertex);
                var before = _vertices.Find(key + (LatticeEmbedding.Remainder(key) == 0 ? wrapped : step));
                if (before == 0)
                    continue;
                neighbours[2 * vertex] = before;
                neighbours[2 * before + 1] = vertex;
            }
        }
    }

    /// <summary>Filters ones, and divides the weights by the root of what comes out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Normalise(int points)
    {
        Grow(ref _ones, Count);
        Grow(ref _blurredOnes, Count);
        var from = _ones.AsSpan(0, Count);
        var to = _blurredOnes.AsSpan(0, Count);
        from.Clear();
        to[0] = 0;
        for (var i = 0; i < points * Corners; i++)
            from[_places[i]] += _weights[i];
        for (var axis = 0; axis < Corners; axis++)
        {
            var neighbours = Neighbours(axis);
            for (var vertex = 1; vertex < from.Length; vertex++)
                to[vertex] = from[vertex] + .5f * (from[neighbours[2 * vertex]] + from[neighbours[2 * vertex + 1]]);
            var other = from;
            from = to;
            to = other;
        }

        for (var point = 0; point < points; point++)
        {
            var own = _weights.AsSpan(point * Corners, Corners);
            var places = _places.AsSpan(point * Corners, Corners);
            var sum = Tiny;
            for (var corner = 0; corner < own.Length; corner++)
                sum += own[corner] * from[places[corner]];
            var factor = 1 / MathF.Sqrt(sum);
            for (var corner = 0; corner < own.Length; corner++)
                own[corner] *= factor;
        }
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
            array = GC.AllocateUninitializedArray<T>(length);
    }
}
