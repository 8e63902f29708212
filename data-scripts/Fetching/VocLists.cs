using SemPLeS.Data;

namespace SemPLeS.Fetching;

/// <summary>Lists of photographs that PASCAL VOC's devkit lacks.</summary>
public static class VocLists
{
    /// <summary>Images of the augmented training list: 1,464 of train and 9,118 of the Semantic Boundaries Dataset.</summary>
    public const int TrainAugImages = 10_582;

    /// <summary>Writes ImageSets/Segmentation/train_aug.txt: every photograph with an augmented mask that is not in val.</summary>
    /// <param name="vocFolder">The folder that holds JPEGImages.</param>
    /// <returns>What was written, for people to read.</returns>
    /// <exception cref="IOException">The list val, a mask or a photograph is missing.</exception>
    public static string WriteTrainAug(string vocFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(vocFolder);
        var lists = Path.Combine(vocFolder, "ImageSets", "Segmentation");
        var validation = File.ReadLines(Path.Combine(lists, "val.txt")).Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        string[] ids = [.. Directory.EnumerateFiles(Path.Combine(vocFolder, "SegmentationClassAug"), "*.png")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(id => !validation.Contains(id))
            .Order(StringComparer.Ordinal)];
        var homeless = ids.FirstOrDefault(id => !File.Exists(Path.Combine(vocFolder, "JPEGImages", id + ".jpg")));
        if (homeless is not null)
            throw new FileNotFoundException($"SegmentationClassAug has a mask of {homeless}, of which there is no photograph in {vocFolder}.", homeless);
        var path = Path.Combine(lists, "train_aug.txt");
        AtomicFile.WriteText(path, string.Concat(ids.Select(id => id + "\n")));
        return $"{path}: {ids.Length} photographs{(ids.Length == TrainAugImages ? "" : $", where the published list has {TrainAugImages}")}";
    }
}
