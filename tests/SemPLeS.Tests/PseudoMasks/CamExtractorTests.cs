using FsCheck.Xunit;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Tests.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.PseudoMasks;

public sealed class CamExtractorTests : IDisposable
{
    private readonly WeakTrGenerator _generator = SmallTraining.Generator();

    public CamExtractorTests()
    {
        // The maps of weights as training starts from are so flat that normalising them shows little but rounding.
        using var noGradient = no_grad();
        foreach (var (name, parameter) in _generator.named_parameters())
        {
            if (name.StartsWith("blocks.", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal) && parameter.ndim == 2)
                parameter.mul_(20);
        }

        _generator.eval();
    }

    public void Dispose() => _generator.Dispose();

    [Property(MaxTest = 30)]
    public void The_cams_of_a_mirrored_picture_are_the_mirrored_cams(byte columns, byte rows, long seed, bool alignCorners)
    {
        // Whole patches: a ragged border would be cut off at the other side of the mirrored picture.
        var image = new SquareImages(1, seed, (columns % 6 + 1) * 4, (rows % 6 + 1) * 4).Image(0);
        var settings = new CamSettings { Mirror = true, AlignCorners = alignCorners };
        var (cams, mirrored) = (Extract(image, [0, 2], settings), Extract(Mirror(image), [0, 2], settings));

        var expected = cams.Values.Chunk(image.Width).SelectMany(row => row.Reverse());
        Assert.All(expected.Zip(mirrored.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
    }

    [Fact]
    public void Without_the_mirror_image_they_are_not()
    {
        var image = new SquareImages(1).Image(0);
        var (cams, mirrored) = (Extract(image, [0]), Extract(Mirror(image), [0]));

        Assert.Contains(cams.Values.Chunk(image.Width).SelectMany(row => row.Reverse()).Zip(mirrored.Values), pair => Math.Abs(pair.First - pair.Second) > .05);
    }

    [Theory]
    [InlineData(37, 22)]
    [InlineData(4, 50)]
    [InlineData(16, 16)]
    public void Each_class_of_the_picture_has_a_map_of_its_size_from_0_to_1(int width, int height)
    {
        var image = new SquareImages(1, width: width, height: height).Image(0);
        var cams = Extract(image, [2, 0], new CamSettings { Scales = [1, 1.3], Mirror = true });

        Assert.Equal((width, height), (cams.Width, cams.Height));
        Assert.Equal([2, 0], cams.Classes);
        Assert.Equal(2 * width * height, cams.Values.Length);
        for (var k = 0; k < 2; k++)
        {
            var map = cams.Map(k).ToArray();
            Assert.Equal(0, map.Min());
            Assert.InRange(map.Max(), .98f, 1f);
        }
    }

    [Fact]
    public void A_map_does_not_depend_on_the_other_classes()
    {
        var image = new SquareImages(1).Image(0);
        var (alone, together) = (Extract(image, [1]), Extract(image, [0, 1, 2]));

        Assert.All(alone.Values.Zip(together.Map(1).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void The_cams_are_the_refined_cams_enlarged_and_normalised()
    {
        var image = new SquareImages(1).Image(0);
        var cams = Extract(image, [1]);

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var values = new float[image.Pixels.Length];
        ChannelStatistics.ImageNet.Normalise(image, values);
        var refined = _generator.Forward(tensor(values, [1, 3, 16, 16]), GeneratorForm.Stage).RefinedCam[0, 1];
        var enlarged = nn.functional.interpolate(refined.view(1, 1, 4, 4), [16, 16], mode: InterpolationMode.Bilinear, align_corners: false);
        var expected = (enlarged - enlarged.min()) / (enlarged.max() - enlarged.min() + 1e-8);
        Assert.All(expected.data<float>().Zip(cams.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void A_picture_without_classes_has_no_maps()
    {
        var cams = Extract(new SquareImages(1).Image(0), []);

        Assert.Empty(cams.Values);
        Assert.All(cams.ToSeedMap().Score, score => Assert.Equal(0, score));
    }

    [Fact]
    public void Seeds_name_the_best_class_and_its_value()
    {
        var cams = new ClassActivationMaps(2, 1, [4, 7], [.2f, .9f, .6f, .9f]);
        var seeds = cams.ToSeedMap();

        Assert.Equal([7, 4], seeds.BestClass);
        Assert.Equal([.6f, .9f], seeds.Score);
        Assert.Equal([0, 0, .2f, .9f, 0, 0, .6f, .9f], new ClassActivationMaps(2, 1, [1, 3], cams.Values).OfAllClasses(4));
    }

    [Theory]
    [InlineData(3, 9, 1, "3x9")]
    [InlineData(9, 3, 1, "9x3")]
    [InlineData(9, 7, .5, "4x3")]
    public void A_picture_smaller_than_a_patch_is_an_error_that_names_the_sizes(int width, int height, double scale, string seen)
    {
        var image = new SquareImages(1, width: width, height: height).Image(0);
        var error = Assert.Throws<ArgumentException>(() => Extract(image, [0], new CamSettings { Scales = [scale] }));

        Assert.Contains($"{width}x{height}", error.Message);
        Assert.Contains(seen, error.Message);
        Assert.Contains("4x4", error.Message);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(-7)]
    public void A_class_that_the_generator_does_not_have_is_named(int label)
    {
        var error = Assert.Throws<ArgumentException>(() => Extract(new SquareImages(1).Image(0), [0, label]));

        Assert.Contains($"3 classes and none with index {label}", error.Message);
    }

    [Fact]
    public void At_least_one_scale_is_needed() => Assert.Throws<ArgumentException>(() => Extract(new SquareImages(1).Image(0), [0], new CamSettings { Scales = [] }));

    [Fact]
    public void No_tensor_is_left_behind()
    {
        var image = new SquareImages(1).Image(0);
        // Else the finaliser could free an earlier test's tensors while this one counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        Extract(image, [0, 1], new CamSettings { Scales = [1, 1.5], Mirror = true });

        Assert.Equal(before, Tensor.TotalCount);
    }

    private ClassActivationMaps Extract(RgbImage image, int[] labels, CamSettings? settings = null) =>
        new CamExtractor(_generator, settings ?? new CamSettings(), CPU).Extract(image, labels);

    private static RgbImage Mirror(RgbImage image) =>
        new(image.Width, image.Height, [.. image.Pixels.Chunk(3 * image.Width).SelectMany(row => row.Chunk(3).Reverse().SelectMany(pixel => pixel))]);
}
