using SemPLeS.Data;
using SemPLeS.Evaluation;
using SemPLeS.PseudoMasks;

namespace SemPLeS.Experiments;

/// <summary>Scores CAMs in files against the truth, as the published evaluation scripts do: label = argmax over [threshold, CAMs].</summary>
public static class CamFolders
{
    /// <summary>Whether a folder holds CAMs rather than label maps.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="extension">Their files' extension, <see cref="CamFile.Npy"/> or <see cref="CamFile.Safetensors"/>.</param>
    public static bool HasCams(string folder, string extension) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*" + extension).Any() && !Directory.EnumerateFiles(folder, "*.png").Any();

    /// <summary>Compares the CAMs of every picture with its mask.</summary>
    /// <param name="predictions">The folder of ID.npy or ID.safetensors.</param>
    /// <param name="extension">The files' extension.</param>
    /// <param name="truth">Pictures with masks.</param>
    /// <param name="rule">The background thresholds.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message names the first.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or of another size than its mask, or has a class that there is not; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The pictures have no masks.</exception>
    public static ThresholdResult Score(string predictions, string extension, ILabelledImages truth, ThresholdRule rule, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        return Score(LabelFolders.Existing(predictions, LabelFolders.Ids(truth), extension), truth.Truth, truth.ClassCount, rule, cancellation);
    }

    /// <summary>Compares CAMs with the masks of a folder, each of which needs a file.</summary>
    /// <param name="predictions">The folder of ID.npy or ID.safetensors.</param>
    /// <param name="extension">The files' extension.</param>
    /// <param name="truth">The folder of the masks.</param>
    /// <param name="labels">Number of labels, background included: 2 to 255.</param>
    /// <param name="rule">The background thresholds.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Threshold and scores, and the number of masks.</returns>
    /// <exception cref="DirectoryNotFoundException">A folder is missing.</exception>
    /// <exception cref="FileNotFoundException">A file is missing; the message names the first.</exception>
    /// <exception cref="InvalidDataException">There is no mask; or a file is damaged or does not fit its mask; the message names it.</exception>
    public static (ThresholdResult Result, int Images) Score(string predictions, string extension, string truth, int labels, ThresholdRule rule, CancellationToken cancellation = default)
    {
        var ids = LabelFolders.Ids(truth);
        var paths = LabelFolders.Existing(predictions, ids, extension);
        return (Score(paths, index => LabelFile.Load(Path.Combine(truth, ids[index] + ".png")), labels - 1, rule, cancellation), ids.Length);
    }

    private static ThresholdResult Score(string[] paths, Func<int, LabelMap> truth, int classes, ThresholdRule rule, CancellationToken cancellation)
    {
        var sweep = new ThresholdSweep(rule, classes + 1);
        for (var i = 0; i < paths.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var mask = truth(i);
            var seeds = CamFile.Load(paths[i], mask.Width, mask.Height, classes).ToSeedMap();
            try
            {
                sweep.Add(mask, seeds);
            }
            catch (ArgumentException exception)
            {
                throw new InvalidDataException($"The mask of {paths[i]} can't be compared with: {exception.Message}", exception);
            }
        }

        return sweep.Result();
    }
}
