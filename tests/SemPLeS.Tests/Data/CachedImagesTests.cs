using SemPLeS.Data;
using SemPLeS.Tests.Training;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class CachedImagesTests
{
    private const int Count = 6;
    private const int PictureBytes = 16 * 16 * 3;

    private int _readings;

    [Theory]
    [InlineData(0, 3 * Count)]
    [InlineData(PictureBytes - 1, 3 * Count)]
    [InlineData(2 * PictureBytes, 2 + 3 * (Count - 2))]
    [InlineData(Count * PictureBytes, Count)]
    public void As_many_pictures_are_kept_as_the_limit_allows(long limit, int readings)
    {
        var cached = new CachedImages(Counted(), limit);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < Count; i++)
                Assert.Equal(new SquareImages(Count).Image(i).Pixels, cached.Image(i).Pixels);
        }

        Assert.Equal(readings, _readings);
    }

    [Fact]
    public void Threads_that_read_the_same_picture_at_once_take_its_place_only_once()
    {
        for (var round = 0; round < 100; round++)
        {
            var cached = new CachedImages(Counted(), Count * PictureBytes);
            Parallel.For(0, 200, i => cached.Image(i % Count));
            var before = _readings;
            for (var i = 0; i < Count; i++)
                cached.Image(i);

            Assert.Equal(before, _readings);
        }
    }

    [Fact]
    public void Everything_but_pixels_comes_from_the_source()
    {
        var source = Counted();
        var cached = new CachedImages(source, 0);

        Assert.Equal((source.Count, source.ClassCount, source.HasTruth), (cached.Count, cached.ClassCount, cached.HasTruth));
        Assert.Equal(source.ClassNames, cached.ClassNames);
        Assert.Equal(source.Id(2), cached.Id(2));
        Assert.Equal(source.Labels(2), cached.Labels(2));
        Assert.Equal(source.Truth(2).Labels, cached.Truth(2).Labels);
        Assert.Equal(0, _readings);
    }

    [Fact]
    public void A_picture_that_can_not_be_read_is_tried_again()
    {
        var cached = new CachedImages(
            new SquareImages(1) { Reading = _ => _ = _readings++ == 0 ? throw new InvalidDataException("damaged") : 0 }, PictureBytes);

        Assert.Throws<InvalidDataException>(() => cached.Image(0));
        Assert.NotNull(cached.Image(0));
    }

    private SquareImages Counted() => new(Count) { Reading = _ => Interlocked.Increment(ref _readings) };
}
