using SemPLeS.Data;
using SemPLeS.PseudoMasks;

namespace SemPLeS.Experiments;

/// <summary>Seeds as files.</summary>
public static class SeedLabels
{
    /// <summary>Writes the label map of every picture as ID.png, with PASCAL VOC's palette; each file appears when it is complete.</summary>
    /// <param name="extractor">Makes the CAMs.</param>
    /// <param name="images">The pictures.</param>
    /// <param name="threshold">The background threshold, in 0..1.</param>
    /// <param name="folder">The folder, made where it is missing.</param>
    /// <param name="workers">Threads, each with a picture of its own.</param>
    /// <param name="progress">Told the number of pictures that are done, from any thread.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="IOException">A file can't be written.</exception>
    /// <exception cref="InvalidDataException">A picture is damaged; the message names it.</exception>
    public static void Write(
        ICamExtractor extractor, ILabelledImages images, float threshold, string folder, int workers = 1, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var done = 0;
        ImageWorkers.Run(
            images.Count,
            workers,
            (index, _) =>
            {
                var seeds = extractor.Extract(images.Image(index), images.Labels(index)).ToSeedMap();
                LabelFile.SavePng(seeds.At(threshold), Path.Combine(folder, images.Id(index) + ".png"));
                progress?.Invoke(Interlocked.Increment(ref done));
            },
            cancellation);
        AtomicFile.DeleteLeftovers(folder, images, ".png");
    }
}
