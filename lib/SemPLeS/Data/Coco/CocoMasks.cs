namespace SemPLeS.Data.Coco;

/// <summary>Makes the masks of MS COCO from its annotations.</summary>
public static class CocoMasks
{
    /// <summary>
    /// Writes SegmentationClass/SPLIT/ID.png, category by pixel, for every photograph with a label, and labels/SPLIT.txt. Masks that are there stay, so that what was
    /// stopped goes on; when all are there, annotations are not even read.
    /// </summary>
    /// <param name="folder">The folder that holds annotations.</param>
    /// <param name="split">train2014 or val2014.</param>
    /// <param name="progress">Takes the share of masks that are there, 0 to 1.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <returns>Photographs with a label, those without, and masks that were written now.</returns>
    /// <exception cref="FileNotFoundException">There are no annotations.</exception>
    /// <exception cref="InvalidDataException">The annotations are damaged; the message names them.</exception>
    /// <exception cref="IOException">The folder cannot be written to; the message names it.</exception>
    public static (int Labelled, int Unlabelled, int Written) Write(string folder, string split, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var files = CocoDataset.FolderOf(folder, split);
        CocoAnnotations? annotations = null;
        CocoAnnotations Annotations() => annotations ??= CocoAnnotations.Read(files.Annotations);
        var labels = CocoLabels.Get(files, Annotations);
        int[] labelled = [.. Enumerable.Range(0, labels.Images.Count).Where(index => labels.Classes[index].Length > 0)];
        int[] missing = [.. labelled.Where(index => !File.Exists(files.Mask(labels.Images[index])))];
        if (missing.Length > 0)
        {
            var source = Annotations();
            var done = labelled.Length - missing.Length;
            Parallel.ForEach(missing, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
            {
                LabelFile.SavePng(source.Mask(index), files.Mask(source.Images[index]));
                progress?.Report((double)Interlocked.Increment(ref done) / labelled.Length);
            });
        }

        return (labelled.Length, labels.Images.Count - labelled.Length, missing.Length);
    }
}
