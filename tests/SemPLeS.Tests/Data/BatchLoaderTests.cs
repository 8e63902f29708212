using SemPLeS.Data;
using SemPLeS.Tests.Training;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class BatchLoaderTests
{
    private const int Size = 8;

    private static readonly CropAugmentation Augmentation = new(Size, ChannelStatistics.ImageNet);

    [Fact]
    public void Every_epoch_is_another_order_of_all_pictures()
    {
        var epochs = Loader(new SquareImages(12), batch: 4).Read(0, 9)
            .Select(batch => (batch.Epoch, batch.Indices))
            .GroupBy(batch => batch.Epoch, batch => batch.Indices)
            .Select(epoch => epoch.SelectMany(indices => indices).ToArray())
            .ToList();

        Assert.Equal(3, epochs.Count);
        Assert.All(epochs, epoch => Assert.Equal(Enumerable.Range(0, 12), epoch.Order()));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.NotEqual(epochs[1], epochs[2]);
    }

    [Fact]
    public void The_last_incomplete_batch_of_an_epoch_is_left_out()
    {
        var loader = Loader(new SquareImages(11), batch: 4);
        var batches = loader.Read(0, 4).Select(batch => (batch.Step, batch.Epoch, batch.Indices)).ToList();

        Assert.Equal(2, loader.StepsPerEpoch);
        Assert.Equal([0, 1, 2, 3], batches.Select(batch => batch.Step));
        Assert.Equal([0, 0, 1, 1], batches.Select(batch => batch.Epoch));
        Assert.All(batches.GroupBy(batch => batch.Epoch), epoch => Assert.Equal(8, epoch.SelectMany(batch => batch.Indices).Distinct().Count()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Batches_depend_neither_on_what_is_prepared_ahead_nor_on_the_time_that_pictures_take(int ahead)
    {
        var slow = new SquareImages(12) { Reading = index => Thread.Sleep(index * 5 % 7) };

        Assert.Equal(Contents(Loader(new SquareImages(12), 3), 0, 8), Contents(Loader(slow, 3, ahead), 0, 8));
    }

    [Fact]
    public void Reading_may_begin_at_any_step()
    {
        var loader = Loader(new SquareImages(12), 3);

        Assert.Equal(Contents(loader, 0, 8).Skip(5), Contents(loader, 5, 8));
        Assert.Empty(loader.Read(8, 8));
    }

    [Fact]
    public void A_batch_holds_each_picture_as_its_own_stream_augments_it_and_its_labels()
    {
        var images = new SquareImages(12);
        foreach (var batch in Loader(images, 3, seed: 7).Read(0, 5))
        {
            Assert.Equal([3, 3, Size, Size], batch.PixelShape);
            Assert.Equal([3, 3], batch.LabelShape);
            for (var i = 0; i < 3; i++)
            {
                var labels = batch.Labels.AsSpan(i * 3, 3).ToArray();
                Assert.Equal(Enumerable.Range(0, 3).Select(label => images.Labels(batch.Indices[i]).Contains(label) ? 1f : 0), labels);
                Assert.All(batch.Pixels.AsSpan(i * Augmentation.Length, Augmentation.Length).ToArray(), value => Assert.InRange(value, -2.2f, 2.7f));
            }
        }
    }

    [Fact]
    public void A_picture_is_augmented_differently_in_every_epoch()
    {
        var pixels = Loader(new SquareImages(1), 1).Read(0, 4).Select(batch => string.Join(' ', batch.Pixels)).ToList();

        Assert.Equal(4, pixels.Distinct().Count());
    }

    [Fact]
    public void Another_seed_gives_other_batches() =>
        Assert.NotEqual(Contents(Loader(new SquareImages(12), 3), 0, 4), Contents(Loader(new SquareImages(12), 3, seed: 1), 0, 4));

    [Fact]
    public void A_picture_that_can_not_be_read_ends_the_reading_with_its_error_at_its_batch()
    {
        var order = Loader(new SquareImages(12), 1).Read(0, 12).Select(batch => batch.Indices[0]).ToList();
        var images = new SquareImages(12) { Reading = index => _ = index == order[5] ? throw new InvalidDataException("damaged") : index };
        var read = 0;
        var error = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (var batch in Loader(images, 1).Read(0, 12))
                read++;
        });

        Assert.Equal(("damaged", 5), (error.Message, read));
    }

    [Fact]
    public void Nothing_is_read_any_more_once_the_reader_has_stopped()
    {
        var reading = 0;
        var images = new SquareImages(12)
        {
            Reading = _ =>
            {
                Interlocked.Increment(ref reading);
                Thread.Sleep(5);
                Interlocked.Decrement(ref reading);
            },
        };
        foreach (var batch in Loader(images, 2, ahead: 4).Read(0, 6))
            break;

        Assert.Equal(0, Volatile.Read(ref reading));
    }

    [Fact]
    public void No_more_batches_are_prepared_than_was_asked_for()
    {
        var started = 0;
        var images = new SquareImages(12) { Reading = _ => Interlocked.Increment(ref started) };
        foreach (var batch in Loader(images, 1, ahead: 2).Read(0, 12))
        {
            Thread.Sleep(3);
            Assert.InRange(Volatile.Read(ref started), batch.Step + 1, batch.Step + 1 + 2);
        }

        Assert.Equal(12, started);
    }

    [Fact]
    public void Sizes_that_can_not_work_are_errors()
    {
        Assert.Contains("0 images do not fill one batch of 3", Assert.Throws<ArgumentException>(() => Loader(new SquareImages(0), 3)).Message);
        Assert.Contains("2 images do not fill one batch of 3", Assert.Throws<ArgumentException>(() => Loader(new SquareImages(2), 3)).Message);
        Assert.Throws<ArgumentException>(() => Loader(new SquareImages(2), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loader(new SquareImages(2), 1, ahead: 0));
    }

    private static BatchLoader Loader(ILabelledImages images, int batch, int ahead = 3, long seed = 0) =>
        new(images, Augmentation, batch, seed) { Ahead = ahead };

    private static List<string> Contents(BatchLoader loader, long first, long last) =>
        [.. loader.Read(first, last).Select(batch =>
            $"{batch.Step} {batch.Epoch}: {string.Join(' ', batch.Indices)} {string.Join(' ', batch.Labels)} {string.Join(' ', batch.Pixels)}")];
}
