using System.Numerics;

namespace SemPLeS.Data;

/// <summary>
/// A stream of random numbers that is a pure function of a seed and a path of integers, such as (seed, epoch, image): cheap to make, and the same on
/// every machine. Generator: xoshiro256** (Blackman and Vigna, 2021), its state filled by SplitMix64. Not for use by several threads at once.
/// </summary>
public sealed class RandomStream
{
    private ulong _state0, _state1, _state2, _state3;

    /// <summary>Starts the stream of a seed and a path. Streams whose seed or path differs, in length too, are independent.</summary>
    /// <param name="seed">Any number. With no path the state is the first four outputs of SplitMix64 from this seed.</param>
    /// <param name="path">Any numbers; their order matters.</param>
    public RandomStream(long seed, params ReadOnlySpan<long> path)
    {
        var key = unchecked((ulong)seed);
        foreach (var step in path)
            key = SplitMix64(ref key) ^ unchecked((ulong)step);

        _state0 = SplitMix64(ref key);
        _state1 = SplitMix64(ref key);
        _state2 = SplitMix64(ref key);
        _state3 = SplitMix64(ref key);
    }

    private RandomStream(ulong state0, ulong state1, ulong state2, ulong state3) =>
        (_state0, _state1, _state2, _state3) = (state0, state1, state2, state3);

    /// <summary>Starts from a state of xoshiro256**, as published test vectors give it.</summary>
    /// <exception cref="ArgumentException">All four words are 0: the generator would stay there.</exception>
    public static RandomStream FromState(ulong state0, ulong state1, ulong state2, ulong state3) =>
        (state0 | state1 | state2 | state3) != 0
            ? new(state0, state1, state2, state3)
            : throw new ArgumentException("The state of xoshiro256** must not be 0 0 0 0.", nameof(state0));

    /// <summary>
    /// Where a batch goes through a network in parts: the place of the part's first sample, and the samples of the batch. Who draws one number for each sample
    /// draws for all, and takes the part's, so that a part sees what it would see in the whole.
    /// </summary>
    public (int First, int Count)? Samples { get; init; }

    /// <summary>64 random bits: the generator's next output.</summary>
    public ulong Bits()
    {
        var output = BitOperations.RotateLeft(_state1 * 5, 7) * 9;
        var shifted = _state1 << 17;
        _state2 ^= _state0;
        _state3 ^= _state1;
        _state1 ^= _state2;
        _state0 ^= _state3;
        _state2 ^= shifted;
        _state3 = BitOperations.RotateLeft(_state3, 45);
        return output;
    }

    /// <summary>A number in [0, 1), a multiple of 2^-53.</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number between two bounds.</summary>
    /// <param name="low">Included.</param>
    /// <param name="high">Excluded, but for rounding; finite and at least <paramref name="low"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are not in order, or not finite.</exception>
    public double Uniform(double low, double high)
    {
        if (!(low <= high) || !double.IsFinite(high - low))
            throw new ArgumentOutOfRangeException(nameof(high), high, $"The upper bound must be finite and at least {low}.");
        return low + Uniform() * (high - low);
    }

    /// <summary>A number from the standard normal distribution; takes exactly one output of the generator.</summary>
    public double Normal() =>
        // 52 bits and a half: never 0 or 1, and exact in a double.
        NormalQuantile.Of(((Bits() >> 12) + .5) * (1.0 / (1L << 52)));

    /// <summary>A number from a normal distribution.</summary>
    /// <param name="mean">Centre.</param>
    /// <param name="standardDeviation">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative or not a number.</exception>
    public double Normal(double mean, double standardDeviation)
    {
        RequireDeviation(standardDeviation);
        return mean + standardDeviation * Normal();
    }

    /// <summary>A whole number in 0 .. <paramref name="count"/> - 1, each equally likely (Lemire, 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var bound = (ulong)count;
        var high = Math.BigMul(Bits(), bound, out var low);
        if (low < bound)
        {
            var biased = unchecked(0 - bound) % bound;
            while (low < biased)
                high = Math.BigMul(Bits(), bound, out low);
        }

        return (int)high;
    }

    /// <summary>True with the given probability.</summary>
    /// <param name="probability">0 .. 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside 0 .. 1.</exception>
    public bool Chance(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is in 0 .. 1.");
        return Uniform() < probability;
    }

    /// <summary>The numbers 0 .. <paramref name="count"/> - 1 in random order, every order equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            var other = Below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }

        return order;
    }

    /// <summary>Fills an array with numbers in [0, 1), multiples of 2^-24.</summary>
    public void FillUniform(Span<float> values)
    {
        foreach (ref var value in values)
            value = (Bits() >> 40) * (1f / (1 << 24));
    }

    /// <summary>Fills an array with numbers from a normal distribution.</summary>
    /// <param name="values">What is filled.</param>
    /// <param name="mean">Centre.</param>
    /// <param name="standardDeviation">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative or not a number.</exception>
    public void FillNormal(Span<float> values, double mean = 0, double standardDeviation = 1)
    {
        RequireDeviation(standardDeviation);
        foreach (ref var value in values)
            value = (float)(mean + standardDeviation * Normal());
    }

    private static void RequireDeviation(double standardDeviation)
    {
        if (!(standardDeviation >= 0))
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "A standard deviation is at least 0.");
    }

    private static ulong SplitMix64(ref ulong state)
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
