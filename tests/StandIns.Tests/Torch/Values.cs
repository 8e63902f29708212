using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

/// <summary>The values of tensors, for assertions.</summary>
internal static class Values
{
    public static double[] Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).data<double>().ToArray();
    }

    public static void AssertClose(ReadOnlySpan<double> expected, Tensor actual, double tolerance = 1e-6)
    {
        var values = Of(actual);
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance, $"value {i} is {values[i]}, not {expected[i]}: {string.Join(' ', values)}");
    }
}
