using SemPLeS.Data;

namespace SemPLeS.Evaluation;

/// <summary>What every counter asks of its label maps.</summary>
internal static class LabelChecks
{
    public static void SameSize(LabelMap truth, int width, int height, string name)
    {
        if (truth.Width != width || truth.Height != height)
            throw new ArgumentException($"{width}x{height} pixels can't be compared with a truth of {truth.Width}x{truth.Height}.", name);
    }

    public static void Truth(LabelMap truth, int labels, string name)
    {
        for (var start = 0; start < truth.Labels.Length; start++)
        {
            var next = truth.Labels.AsSpan(start).IndexOfAnyExceptInRange((byte)0, (byte)(labels - 1));
            if (next < 0)
                return;
            start += next;
            if (truth.Labels[start] != LabelMap.Ignore)
                throw OutOfRange(truth.Labels[start], start, labels, $" or {LabelMap.Ignore}", name);
        }
    }

    public static void Labels(ReadOnlySpan<byte> values, int labels, string name)
    {
        var index = values.IndexOfAnyExceptInRange((byte)0, (byte)(labels - 1));
        if (index >= 0)
            throw OutOfRange(values[index], index, labels, "", name);
    }

    private static ArgumentException OutOfRange(byte value, int index, int labels, string also, string name) =>
        new($"The value {value} at pixel {index} is not in 0..{labels - 1}{also}.", name);
}
