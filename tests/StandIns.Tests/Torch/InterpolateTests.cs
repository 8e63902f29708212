using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

/// <summary>Enlarging against weights that are worked out by hand.</summary>
public sealed class InterpolateTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Bilinear_with_aligned_corners_keeps_the_corners() =>
        Values.AssertClose(
            [0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7],
            Enlarged([0, 3, 4, 7], [1, 1, 2, 2], [3, 4], InterpolationMode.Bilinear, alignCorners: true));

    [Fact]
    public void Bilinear_without_aligned_corners_maps_the_centres() =>
        // Centres of 4 outputs lie at -.25, .25, .75, 1.25 of 2 inputs.
        Values.AssertClose([0, 2, 6, 8], Enlarged([0, 8], [1, 1, 1, 2], [1, 4], InterpolationMode.Bilinear, alignCorners: false));

    [Fact]
    public void Bicubic_takes_four_neighbours_with_a_of_minus_three_quarters()
    {
        // 4 inputs to 8 outputs: each output lies 1/4 or 3/4 between two inputs; the border is repeated.
        double[] inputs = [1, 5, 2, 7];
        var expected = new double[8];
        for (var output = 0; output < 8; output++)
        {
            var source = (output + .5) / 2 - .5;
            var first = (int)Math.Floor(source) - 1;
            for (var tap = first; tap < first + 4; tap++)
                expected[output] += Cubic(Math.Abs(source - tap)) * inputs[Math.Clamp(tap, 0, 3)];
        }

        Values.AssertClose(expected, Enlarged([1, 5, 2, 7], [1, 1, 1, 4], [1, 8], InterpolationMode.Bicubic, alignCorners: false), 1e-5);

        static double Cubic(double x) => x <= 1 ? (1.25 * x - 2.25) * x * x + 1 : ((-.75 * x + 3.75) * x - 6) * x + 3;
    }

    [Fact]
    public void Nearest_repeats_the_values() =>
        Values.AssertClose([1, 1, 2, 2], nn.functional.interpolate(tensor(new float[] { 1, 2 }, [1, 1, 1, 2]), [1, 4]));

    [Fact]
    public void Scale_factors_map_the_coordinates_instead_of_the_sizes()
    {
        // 2 x 1.75 = 3.5 gives 3 outputs, whose centres lie at (i + .5) / 1.75 - .5 of the inputs 0 and 7: -.21, .36 and .93.
        var enlarged = nn.functional.interpolate(
            tensor(new float[] { 0, 7 }, [1, 1, 1, 2]), scale_factor: [1, 1.75], mode: InterpolationMode.Bilinear, align_corners: false);

        Values.AssertClose([0, 7 * (1.5 / 1.75 - .5), 7 * (2.5 / 1.75 - .5)], enlarged, 1e-5);
    }

    private static Tensor Enlarged(float[] values, long[] shape, long[] size, InterpolationMode mode, bool alignCorners) =>
        nn.functional.interpolate(tensor(values, shape), size, mode: mode, align_corners: alignCorners);
}
