using SemPLeS.Data;
using SemPLeS.Tests.Goldens;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class PreprocessGoldenTests
{
    [Fact]
    public void Bicubic_and_bilinear_equal_the_reference()
    {
        foreach (var (golden, image, i) in Images())
        {
            var resized = Resampler.Resize(image, image.Width * 3 / 4, image.Height * 3 / 2, ResampleFilter.Bicubic);
            Assert.Equal(golden.Shape($"out.resized{i}"), new[] { resized.Height, resized.Width, 3 });
            Assert.Equal(golden.Bytes($"out.resized{i}"), resized.Pixels);
            var bilinear = Resampler.Resize(image, image.Width * 2, image.Height / 2, ResampleFilter.Bilinear);
            Assert.Equal(golden.Shape($"out.bilinear{i}"), new[] { bilinear.Height, bilinear.Width, 3 });
            Assert.Equal(golden.Bytes($"out.bilinear{i}"), bilinear.Pixels);
        }
    }

    [Fact]
    public void Preprocessing_equals_the_reference()
    {
        foreach (var (golden, image, i) in Images())
        {
            var statistics = new ChannelStatistics(golden.MetadataList("mean"), golden.MetadataList("std"));
            var size = int.Parse(golden.Metadata("size"));
            var pixels = new ImagePreprocessing(size, statistics).Apply(image);
            var expected = golden.Floats($"out.pixels{i}");
            Assert.Equal(golden.Shape($"out.pixels{i}"), new[] { 3, size, size });
            Assert.Equal(expected.Length, pixels.Length);
            // 1e-6: float rounding alone; a pixel that is off by one differs by more than .014.
            Assert.All(expected.Zip(pixels), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    private static IEnumerable<(GoldenArrays Golden, RgbImage Image, int Index)> Images()
    {
        var files = TestFolders.GoldenFiles("preprocess").Select(path => new GoldenArrays(path)).ToList();
        Assert.NotEmpty(files);
        foreach (var golden in files)
        {
            for (var i = 0; golden.Has($"in.image{i}"); i++)
            {
                var shape = golden.Shape($"in.image{i}");
                yield return (golden, new RgbImage(shape[1], shape[0], golden.Bytes($"in.image{i}")), i);
            }
        }
    }
}
