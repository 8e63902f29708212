using System.Collections.Concurrent;
using SemPLeS.Data;
using SemPLeS.Evaluation;
using SemPLeS.PseudoMasks;

namespace SemPLeS.Experiments;

/// <summary>
/// Pseudo masks of a whole split as files: masks/ID.png with PASCAL VOC's palette, cams/ID.npy or .safetensors where wanted, and settings.json. A file
/// appears when it is complete. A run that was stopped goes on where it was; a picture that can't be done is left out and reported.
/// </summary>
public static class MaskFiles
{
    /// <summary>The folder of the masks, in the run's.</summary>
    public const string MaskFolder = "masks";

    /// <summary>The folder of the masks without what the CRF is not sure of, in the run's: for <see cref="MaskPlan.Soft"/> alone.</summary>
    public const string ConfidentFolder = "confident";

    /// <summary>The folder of the CAMs, in the run's.</summary>
    public const string CamFolder = "cams";

    /// <summary>Writes the masks that are not there yet.</summary>
    /// <param name="plan">What is written.</param>
    /// <param name="options">Folder, device, workers; whether to begin anew.</param>
    /// <param name="progress">Told what is done, how many pictures are, and of how many; from any thread.</param>
    /// <param name="cancellation">Ends the work; what was written is complete.</param>
    /// <exception cref="ArgumentException">Soft masks are to be made without a CRF.</exception>
    /// <exception cref="InvalidOperationException">A threshold is to be chosen, but the pictures have no truth.</exception>
    /// <exception cref="InvalidDataException">
    /// There is no picture, or none of them can be read; or the folder holds masks that were made otherwise.
    /// </exception>
    /// <exception cref="IOException">The folder can't be written to.</exception>
    public static MaskOutcome Write(MaskPlan plan, ExperimentOptions options, Action<string, int, int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        var (split, images, protocol) = plan.Seeds;
        if (plan.Soft is not null && plan.Crf is null)
            throw new ArgumentException("Soft masks are what a CRF makes: it is missing.", nameof(plan));
        if (images.Count == 0)
            throw new InvalidDataException($"{split} has no picture.");
        OutputFolder.RequireWritable(Path.Combine(options.Folder, MaskFolder));
        if (options.Fresh)
            Forget(plan, options.Folder);
        var settings = MaskState.SettingsOf(plan);
        var run = new Run(plan, options, progress, cancellation);
        if (MaskState.ThresholdOf(options.Folder, settings) is not { } threshold)
        {
            threshold = protocol.Rule.Levels is [var only] ? only : run.ChooseThreshold();
            new MaskState(settings, threshold).Write(options.Folder);
        }

        return run.Write(threshold);
    }

    private static void Forget(MaskPlan plan, string folder)
    {
        MaskState.Delete(folder);
        for (var i = 0; i < plan.Seeds.Images.Count; i++)
        {
            var id = plan.Seeds.Images.Id(i);
            File.Delete(MaskPath(folder, id));
            if (plan.Soft is not null && File.Exists(ConfidentPath(folder, id)))
                File.Delete(ConfidentPath(folder, id));
            foreach (var extension in new[] { CamFile.Npy, CamFile.Safetensors })
            {
                if (File.Exists(CamPath(folder, id, extension)))
                    File.Delete(CamPath(folder, id, extension));
            }
        }
    }

    private static string MaskPath(string folder, string id) => Path.Combine(folder, MaskFolder, id + ".png");

    private static string ConfidentPath(string folder, string id) => Path.Combine(folder, ConfidentFolder, id + ".png");

    private static string CamPath(string folder, string id, string extension) => Path.Combine(folder, CamFolder, id + extension);

    /// <summary>One run, and the pictures that failed in it.</summary>
    private sealed class Run(MaskPlan plan, ExperimentOptions options, Action<string, int, int>? progress, CancellationToken cancellation)
    {
        private readonly ILabelledImages _images = plan.Seeds.Images;
        private readonly ConcurrentDictionary<int, string> _failures = [];

        /// <summary>The threshold that the protocol's rule chooses on the pictures that can be read.</summary>
        public float ChooseThreshold()
        {
            if (!_images.HasTruth)
                throw new InvalidOperationException($"The pictures of {plan.Seeds.Split} have no masks to choose a background threshold by: fix one.");
            var sweeps = Enumerable.Range(0, options.Workers).Select(_ => new ThresholdSweep(plan.Seeds.Protocol.Rule, _images.ClassCount + 1)).ToArray();
            ForEach("threshold", (index, worker) => sweeps[worker].Add(_images.Truth(index), Cams(index, _images.Image(index)).ToSeedMap()));
            RequireAny();
            foreach (var sweep in sweeps[1..])
                sweeps[0].Merge(sweep);
            return sweeps[0].Result().Threshold;
        }

        public MaskOutcome Write(float threshold)
        {
            var crfs = Enumerable.Range(0, options.Workers).Select(_ => plan.Crf is { } crf ? new DenseCrf(crf) : null).ToArray();
            var (written, kept) = (0, 0);
            ForEach("masks", (index, worker) =>
            {
                var path = MaskPath(options.Folder, _images.Id(index));
                if (File.Exists(path) && HasCams(index))
                {
                    Interlocked.Increment(ref kept);
                    return;
                }

                var image = _images.Image(index);
                LabelFile.SavePng(Mask(index, image, crfs[worker], threshold), path);
                Interlocked.Increment(ref written);
            });
            RequireAny();
            DeleteLeftovers(MaskFolder, ".png");
            DeleteLeftovers(ConfidentFolder, ".png");
            if (plan.CamExtension is { } extension)
                DeleteLeftovers(CamFolder, extension);
            return new MaskOutcome(threshold, written, kept, [.. plan.Damaged, .. _failures.OrderBy(failure => failure.Key).Select(failure => new DamagedPicture(_images.Id(failure.Key), failure.Value))]);
        }

        private void DeleteLeftovers(string folder, string extension) =>
            AtomicFile.DeleteLeftovers(Path.Combine(options.Folder, folder), _images, extension);

        private LabelMap Mask(int index, RgbImage image, DenseCrf? crf, float threshold)
        {
            var cams = Cams(index, image);
            if (plan.Soft is not { } soft)
            {
                var labels = cams.ToSeedMap().At(threshold);
                return crf?.Refine(image, labels, _images.Labels(index)) ?? labels;
            }

            var marginals = crf!.Refine(image, cams.WithBackground(soft.BackgroundPower));
            LabelFile.SavePng(marginals.ToLabelMap((float)soft.LeastConfidence).Renamed(cams.Classes), ConfidentPath(options.Folder, _images.Id(index)));
            return marginals.ToLabelMap().Renamed(cams.Classes);
        }

        private bool HasCams(int index) => plan.CamExtension is not { } extension || File.Exists(CamPath(options.Folder, _images.Id(index), extension));

        /// <summary>A picture's CAMs: from their file, or new, and then kept in it.</summary>
        private ClassActivationMaps Cams(int index, RgbImage image)
        {
            if (plan.CamExtension is not { } extension)
                return plan.Cams.Extract(image, _images.Labels(index));
            var path = CamPath(options.Folder, _images.Id(index), extension);
            if (File.Exists(path))
                return CamFile.Load(path, image.Width, image.Height, _images.ClassCount);
            var cams = plan.Cams.Extract(image, _images.Labels(index));
            CamFile.Save(cams, path);
            return cams;
        }

        /// <summary>Does something with every picture that has not failed yet; what a damaged file prevents is noted.</summary>
        private void ForEach(string what, Action<int, int> work)
        {
            var done = 0;
            ImageWorkers.Run(
                _images.Count,
                options.Workers,
                (index, worker) =>
                {
                    try
                    {
                        if (!_failures.ContainsKey(index))
                            work(index, worker);
                    }
                    catch (Exception exception) when (exception is InvalidDataException or FileNotFoundException or ArgumentException)
                    {
                        _failures[index] = exception.Message;
                    }

                    progress?.Invoke($"{what} of {plan.Seeds.Split}", Interlocked.Increment(ref done), _images.Count);
                },
                cancellation);
        }

        private void RequireAny()
        {
            if (_failures.Count == _images.Count)
                throw new InvalidDataException($"None of the {_images.Count} pictures of {plan.Seeds.Split} can be done; the first: {_failures.MinBy(failure => failure.Key).Value}");
        }
    }
}
