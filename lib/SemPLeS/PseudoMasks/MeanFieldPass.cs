using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SemPLeS.PseudoMasks;

/// <summary>One pass over the pixels of a CRF: messages in, softmax, Q out to the vertices.</summary>
/// <param name="Slices">Whether there are messages; at the start there are none.</param>
/// <param name="Splats">Whether Q goes to the vertices; at the end it takes the potentials' place.</param>
internal readonly record struct MeanFieldPass(bool Slices, bool Splats)
{
    private const float Negligible = -70;

    /// <summary>Up to 8 labels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RunOne(Span<Vector256<float>> potentials, LatticeMessages gaussian, LatticeMessages bilateral)
    {
        var first = new Ends(gaussian);
        var second = new Ends(bilateral);
        for (nint pixel = 0; pixel < potentials.Length; pixel++)
        {
            ref var own = ref potentials[(int)pixel];
            var logits = own;
            if (Slices)
            {
                logits = first.Slice(pixel, logits);
                logits = second.Slice(pixel, logits);
            }

            var q = Exp(logits - Vector256.Create(Largest(logits)));
            q *= Vector256.Create(1 / Vector256.Sum(q));
            if (Splats)
            {
                first.Splat(pixel, q);
                second.Splat(pixel, q);
            }
            else
            {
                own = q;
            }
        }
    }

    /// <summary>Any number of labels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RunMany(Span<Vector256<float>> potentials, int blocks, LatticeMessages gaussian, LatticeMessages bilateral)
    {
        var first = new Ends(gaussian);
        var second = new Ends(bilateral);
        Span<Vector256<float>> q = stackalloc Vector256<float>[blocks];
        for (nint pixel = 0; pixel < potentials.Length / blocks; pixel++)
        {
            var own = potentials.Slice((int)pixel * blocks, blocks);
            own.CopyTo(q);
            if (Slices)
            {
                first.Slice(pixel, q);
                second.Slice(pixel, q);
            }

            Softmax(q);
            if (Splats)
            {
                first.Splat(pixel, q);
                second.Splat(pixel, q);
            }
            else
            {
                q.CopyTo(own);
            }
        }
    }

    private static void Softmax(Span<Vector256<float>> values)
    {
        var largest = values[0];
        foreach (var value in values[1..])
            largest = Vector256.Max(largest, value);
        var (top, sum) = (Vector256.Create(Largest(largest)), Vector256<float>.Zero);
        foreach (ref var value in values)
            sum += value = Exp(value - top);
        var factor = Vector256.Create(1 / Vector256.Sum(sum));
        foreach (ref var value in values)
            value *= factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Largest(Vector256<float> values)
    {
        var four = Vector128.Max(values.GetLower(), values.GetUpper());
        var two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return MathF.Max(two[0], two[1]);
    }

    /// <summary>
    /// The exponential of values up to 0, to 2e-7 of itself: by Taylor's series of 2^f for f in -1/2..1/2. 0 where it is so small that its products
    /// would be denormal, which are slow. Vector256.Exp goes by way of doubles and takes twice as long.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Exp(Vector256<float> values)
    {
        var powers = values * Vector256.Create(1.442695041f);
        var whole = Vector256.Round(powers);
        var rest = powers - whole;
        var series = Vector256.MultiplyAddEstimate(Vector256.Create(1.540353e-4f), rest, Vector256.Create(1.333355815e-3f));
        series = Vector256.MultiplyAddEstimate(series, rest, Vector256.Create(9.618129108e-3f));
        series = Vector256.MultiplyAddEstimate(series, rest, Vector256.Create(5.550410866e-2f));
        series = Vector256.MultiplyAddEstimate(series, rest, Vector256.Create(.2402265070f));
        series = Vector256.MultiplyAddEstimate(series, rest, Vector256.Create(.6931471806f));
        series = Vector256.MultiplyAddEstimate(series, rest, Vector256<float>.One);
        var scaled = (series.AsInt32() + (Vector256.ConvertToInt32Native(whole) << 23)).AsSingle();
        return Vector256.GreaterThan(values, Vector256.Create(Negligible)) & scaled;
    }

    /// <summary>A lattice's memory, without checks of its bounds: places are numbers of vertices by construction.</summary>
    private readonly ref struct Ends(LatticeMessages messages)
    {
        private readonly int _corners = messages.Corners;
        private readonly Vector256<float> _weight = Vector256.Create(messages.Weight);
        private readonly ref readonly int _places = ref MemoryMarshal.GetReference(messages.Places);
        private readonly ref readonly float _weights = ref MemoryMarshal.GetReference(messages.Weights);
        private readonly ref Vector256<float> _sliced = ref MemoryMarshal.GetReference(messages.Sliced);
        private readonly ref Vector256<float> _splatted = ref MemoryMarshal.GetReference(messages.Splatted);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Slice(nint pixel, Vector256<float> potential)
        {
            var sum = Vector256<float>.Zero;
            for (var i = pixel * _corners; i < (pixel + 1) * _corners; i++)
                sum = Vector256.MultiplyAddEstimate(Weight(i), Unsafe.Add(ref _sliced, Place(i)), sum);
            return Vector256.MultiplyAddEstimate(sum, _weight, potential);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Splat(nint pixel, Vector256<float> q)
        {
            for (var i = pixel * _corners; i < (pixel + 1) * _corners; i++)
            {
                ref var target = ref Unsafe.Add(ref _splatted, Place(i));
                target = Vector256.MultiplyAddEstimate(Weight(i), q, target);
            }
        }

        public void Slice(nint pixel, Span<Vector256<float>> potentials)
        {
            for (var i = pixel * _corners; i < (pixel + 1) * _corners; i++)
            {
                ref var source = ref Unsafe.Add(ref _sliced, Place(i) * potentials.Length);
                var weight = Weight(i) * _weight;
                for (var block = 0; block < potentials.Length; block++)
                    potentials[block] = Vector256.MultiplyAddEstimate(weight, Unsafe.Add(ref source, block), potentials[block]);
            }
        }

        public void Splat(nint pixel, ReadOnlySpan<Vector256<float>> q)
        {
            for (var i = pixel * _corners; i < (pixel + 1) * _corners; i++)
            {
                ref var target = ref Unsafe.Add(ref _splatted, Place(i) * q.Length);
                var weight = Weight(i);
                for (var block = 0; block < q.Length; block++)
                    Unsafe.Add(ref target, block) = Vector256.MultiplyAddEstimate(weight, q[block], Unsafe.Add(ref target, block));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private nint Place(nint i) => Unsafe.Add(ref Unsafe.AsRef(in _places), i);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector256<float> Weight(nint i) => Vector256.Create(Unsafe.Add(ref Unsafe.AsRef(in _weights), i));
    }
}
