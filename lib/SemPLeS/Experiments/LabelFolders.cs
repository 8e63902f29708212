using SemPLeS.Data;
using SemPLeS.Evaluation;

namespace SemPLeS.Experiments;

/// <summary>Scores label maps in PNG files against the truth.</summary>
public static class LabelFolders
{
    /// <summary>Compares ID.png of every picture with its mask.</summary>
    /// <param name="predictions">The folder of the label maps.</param>
    /// <param name="truth">Pictures with masks.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="FileNotFoundException">A label map is missing; the message names the first.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, of another size than its mask, or has an unknown label; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The pictures have no masks.</exception>
    public static SegmentationScores Score(string predictions, ILabelledImages truth, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        return Score(predictions, Ids(truth), truth.Truth, truth.ClassCount + 1, cancellation);
    }

    /// <summary>Compares every PNG file of one folder with that of the same name in another.</summary>
    /// <param name="predictions">The folder of the label maps; it may hold more files than the other.</param>
    /// <param name="truth">The folder of the masks: palette or grey PNG, 255 to be ignored.</param>
    /// <param name="labels">Number of labels, background included: 2 to 255.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The scores, and the number of masks.</returns>
    /// <exception cref="DirectoryNotFoundException">A folder is missing.</exception>
    /// <exception cref="FileNotFoundException">A label map is missing; the message names the first.</exception>
    /// <exception cref="InvalidDataException">There is no mask; or a file is damaged, of another size than its mask, or has an unknown label; the message names it.</exception>
    public static (SegmentationScores Scores, int Images) Score(string predictions, string truth, int labels, CancellationToken cancellation = default)
    {
        var ids = Ids(truth);
        return (Score(predictions, ids, index => LabelFile.Load(Path.Combine(truth, ids[index] + ".png")), labels, cancellation), ids.Length);
    }

    /// <summary>The names of pictures that have masks.</summary>
    internal static string[] Ids(ILabelledImages truth) => truth.HasTruth
        ? [.. Enumerable.Range(0, truth.Count).Select(truth.Id)]
        : throw new InvalidOperationException("Predictions can't be scored: the pictures have no masks.");

    /// <summary>The names of the masks in a folder.</summary>
    internal static string[] Ids(string truth)
    {
        RequireFolder(truth);
        string[] ids = [.. Directory.EnumerateFiles(truth, "*.png").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];
        return ids.Length > 0 ? ids : throw new InvalidDataException($"{truth} holds no PNG file.");
    }

    /// <summary>The predictions' files, all of which exist.</summary>
    internal static string[] Existing(string folder, string[] ids, string extension)
    {
        RequireFolder(folder);
        string[] paths = [.. ids.Select(id => Path.Combine(folder, id + extension))];
        return paths.Where(path => !File.Exists(path)).ToArray() is not [var first, ..] missing
            ? paths
            : throw new FileNotFoundException($"{missing.Length} of {ids.Length} files of predictions are missing; the first is {first}.", first);
    }

    private static SegmentationScores Score(string folder, string[] ids, Func<int, LabelMap> truth, int labels, CancellationToken cancellation)
    {
        var paths = Existing(folder, ids, ".png");
        var matrix = new ConfusionMatrix(labels);
        for (var i = 0; i < ids.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var mask = truth(i);
            var prediction = LabelFile.Load(paths[i]);
            try
            {
                matrix.Add(mask, prediction);
            }
            catch (ArgumentException exception)
            {
                throw new InvalidDataException($"{paths[i]} can't be compared with its mask: {exception.Message}", exception);
            }
        }

        return matrix.Scores();
    }

    private static void RequireFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
    }
}
