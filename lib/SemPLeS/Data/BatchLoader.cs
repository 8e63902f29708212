namespace SemPLeS.Data;

/// <summary>
/// Prepares batches on worker threads, ahead of the step that needs them. What a batch holds is a function of seed and step alone: every epoch has its own
/// permutation, every picture in it its own random stream. At most <see cref="Ahead"/> batches exist at a time besides the one in use.
/// </summary>
/// <param name="images">The pictures.</param>
/// <param name="augmentation">What becomes of each, and of its mask where the augmentation is one of masks.</param>
/// <param name="batchSize">Pictures in a batch, at least 1.</param>
/// <param name="seed">Decides order and augmentation.</param>
/// <exception cref="ArgumentException">The pictures do not fill a batch.</exception>
public sealed class BatchLoader(ILabelledImages images, Augmentation augmentation, int batchSize, long seed)
{
    private const int OrderStream = 1;
    private const int ImageStream = 2;

    /// <summary>Batches that are prepared, or being prepared, before they are asked for; at least 1.</summary>
    public int Ahead
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 3;

    /// <summary>The clock of <see cref="Waited"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long batches were waited for, the first left out: nothing could be prepared ahead of it.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Batches of an epoch; the last, incomplete one is left out.</summary>
    public int StepsPerEpoch { get; } = batchSize >= 1 && images.Count >= batchSize
        ? images.Count / batchSize
        : throw new ArgumentException($"{images.Count} images do not fill one batch of {batchSize}.", nameof(batchSize));

    /// <summary>Reads batches in order. The caller has one at a time: it is no longer valid when the next is asked for.</summary>
    /// <param name="firstStep">The first step, counted from the start of training.</param>
    /// <param name="lastStep">One after the last step.</param>
    /// <exception cref="InvalidDataException">A picture's file is damaged; the message names it.</exception>
    public IEnumerable<ImageBatch> Read(long firstStep, long lastStep)
    {
        var spare = new Queue<ImageBatch>();
        var pending = new Queue<Task<ImageBatch>>();
        var next = firstStep;
        var (epoch, order) = (-1L, Array.Empty<int>());
        try
        {
            while (next < lastStep || pending.Count > 0)
            {
                while (next < lastStep && pending.Count < Ahead)
                {
                    if (next / StepsPerEpoch != epoch)
                    {
                        epoch = next / StepsPerEpoch;
                        order = new RandomStream(seed, OrderStream, epoch).Permutation(images.Count);
                    }

                    var indices = order.AsSpan((int)(next % StepsPerEpoch) * batchSize, batchSize).ToArray();
                    var batch = spare.TryDequeue(out var used) ? used : new ImageBatch(batchSize, augmentation, images.ClassCount);
                    var (step, stepEpoch) = (next++, (int)epoch);
                    pending.Enqueue(Task.Run(() => Fill(batch, step, stepEpoch, indices)));
                }

                var asked = Time.GetTimestamp();
                var ready = pending.Dequeue().GetAwaiter().GetResult();
                if (ready.Step > firstStep)
                    Waited += Time.GetElapsedTime(asked);
                yield return ready;
                spare.Enqueue(ready);
            }
        }
        finally
        {
            // Who stops early may delete the files next. What went wrong in batches that nobody asked for is of no concern.
            foreach (var task in pending)
                ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        }
    }

    private ImageBatch Fill(ImageBatch batch, long step, int epoch, int[] indices)
    {
        (batch.Step, batch.Epoch, batch.Indices) = (step, epoch, indices);
        Array.Clear(batch.Labels);
        for (var i = 0; i < indices.Length; i++)
        {
            var random = new RandomStream(seed, ImageStream, epoch, indices[i]);
            var pixels = batch.Pixels.AsSpan(i * augmentation.Length, augmentation.Length);
            if (augmentation is SegmentationAugmentation withMask)
            {
                var area = augmentation.Size * augmentation.Size;
                withMask.Apply(images.Image(indices[i]), images.Truth(indices[i]), random, pixels, batch.Masks.AsSpan(i * area, area));
            }
            else
            {
                augmentation.Apply(images.Image(indices[i]), random, pixels);
            }

            var labels = batch.Labels.AsSpan(i * images.ClassCount, images.ClassCount);
            foreach (var label in images.Labels(indices[i]))
                labels[label] = 1;
        }

        return batch;
    }
}
