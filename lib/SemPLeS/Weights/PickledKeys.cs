using System.Diagnostics.CodeAnalysis;

namespace SemPLeS.Weights;

/// <summary>
/// The keys of pickled dictionaries and sets: plain values, as those alone are compared without looking into other objects. Hashes are seeded: a file can't
/// bring keys that all fall together.
/// </summary>
internal sealed class PickledKeys : IEqualityComparer<object>
{
    private PickledKeys()
    {
    }

    /// <summary>The one instance.</summary>
    public static PickledKeys Comparer { get; } = new();

    /// <summary>The value, where it can be a key.</summary>
    /// <exception cref="InvalidCastException">It can't.</exception>
    public static object Key(object? value) => value is string or long or bool or double ? value : throw new InvalidCastException();

    /// <inheritdoc/>
    public new bool Equals([AllowNull] object x, [AllowNull] object y) => object.Equals(x, y);

    /// <inheritdoc/>
    public int GetHashCode(object obj) => obj switch
    {
        long number => Hash(number),
        double number => Hash(BitConverter.DoubleToInt64Bits(number)),
        _ => obj.GetHashCode(),
    };

    private static int Hash(long bits) => HashCode.Combine((int)bits, (int)(bits >> 32));
}
