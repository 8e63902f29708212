using System.IO.Compression;
using System.Text.Json;
using SemPLeS.Data;
using SemPLeS.Tests.Goldens;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class RandAugmentTests
{
    private static readonly RgbImage Picture = new(8, 6, [.. Enumerable.Range(0, 8 * 6 * 3).Select(i => (byte)(i * 37))]);

    [Fact]
    public void Operations_give_the_pixels_that_Pillow_gives()
    {
        using var folder = new ImageFileFolder();
        using var packed = new GZipStream(File.OpenRead(Path.Combine(TestFolders.Repository, "tests", "SemPLeS.Tests", "Fixtures", "RandAugment", "randaugment.safetensors.gz")), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        var golden = new GoldenArrays(folder.Write("randaugment.safetensors", plain.ToArray()));
        var cases = JsonDocument.Parse(golden.Metadata("cases")).RootElement.EnumerateArray().ToArray();
        Assert.Equal(69, cases.Length);
        Assert.Equal(Enum.GetNames<RandAugmentOperation>(), cases.Select(one => one[1].GetString()).Distinct());
        foreach (var (i, one) in cases.Index())
        {
            var source = $"in.image{one[0].GetInt32()}";
            var shape = golden.Shape(source);
            var image = new RgbImage(shape[1], shape[0], golden.Bytes(source));
            var changed = RandAugment.Apply(Enum.Parse<RandAugmentOperation>(one[1].GetString()!), image, one[2].GetDouble(), one[3].GetInt32() < 0);
            Assert.True(golden.Bytes($"out.{i}").AsSpan().SequenceEqual(changed.Pixels), $"{one}: {golden.Bytes($"out.{i}").Zip(changed.Pixels).Count(pair => pair.First != pair.Second)} of {changed.Pixels.Length} values differ");
        }
    }

    [Fact]
    public void A_picture_is_left_alone_as_often_as_the_probability_says()
    {
        var augment = new RandAugment();
        var same = Enumerable.Range(0, 2000).Count(seed => ReferenceEquals(Picture, augment.Apply(Picture, new RandomStream(seed))));
        // Neither of two operations at probability .5: 500 of 2000, standard deviation 19.
        Assert.InRange(same, 420, 580);
    }

    [Fact]
    public void Each_operation_is_drawn_equally_often()
    {
        // At probability 1 and level 5 the first draw shows in the picture; single operations tell apart which it was.
        var augment = new RandAugment(Magnitude: 5, Deviation: 0, Operations: 1, Probability: 1);
        var known = Enum.GetValues<RandAugmentOperation>().SelectMany(operation => new[] { false, true }.Select(isNegative => (operation, RandAugment.Apply(operation, Picture, 5, isNegative).Pixels))).ToList();
        var counts = Enumerable.Range(0, 3000)
            .Select(seed => augment.Apply(Picture, new RandomStream(seed)).Pixels)
            .Select(pixels => known.First(item => item.Pixels.AsSpan().SequenceEqual(pixels)).operation)
            .CountBy(operation => operation).ToDictionary();
        // 200 each, standard deviation 14.
        Assert.All(Enum.GetValues<RandAugmentOperation>(), operation => Assert.InRange(counts.GetValueOrDefault(operation), 130, 270));
    }

    [Fact]
    public void Settings_outside_their_range_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandAugment(Magnitude: 11));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandAugment(Deviation: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandAugment(Operations: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandAugment(Probability: 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandAugment.Apply(RandAugmentOperation.Rotate, Picture, 10.5, false));
    }
}
