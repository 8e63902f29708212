using System.Globalization;
using SemPLeS.Data;
using SemPLeS.Evaluation;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using SemPLeS.Training;
using SemPLeS.Weights;
using TorchSharp;

namespace SemPLeS.Experiments;

/// <summary>Retrains a Segmenter, and labels and scores pictures with it.</summary>
public static class RetrainingExperiment
{
    private const string BestEpoch = "epoch";
    private const string BestMeanIou = "watched_miou";

    /// <summary>Trains; goes on where an earlier run of the same plan in the same folder stopped.</summary>
    /// <param name="plan">What is trained.</param>
    /// <param name="options">Folder, device, progress and clock.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="OperationCanceledException">The training was cancelled; what was trained is saved.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds a checkpoint of another configuration.</exception>
    public static RetrainingOutcome Train(RetrainingPlan plan, ExperimentOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.Folder);
        var (weights, checkpoint, bestPath) = (File("safetensors"), File("checkpoint.safetensors"), File("best.safetensors"));
        if (options.Fresh)
            System.IO.File.Delete(checkpoint);
        if (!System.IO.File.Exists(checkpoint))
            System.IO.File.Delete(bestPath);
        var best = ReadBest(bestPath);
        using var segmenter = plan.Start();
        segmenter.to(options.Device);
        var record = OnlineRetraining.Trainer(segmenter, plan.Train, plan.Settings, options.Device).Run(
            new TrainingOptions { CheckpointPath = checkpoint, Progress = options.Training, Time = options.Time, AfterEpoch = plan.Watched is null ? null : Look }, cancellation);
        segmenter.Save(weights, dtype: plan.Stored);
        return new RetrainingOutcome(plan, weights, record, best);

        string File(string kind) => Path.Combine(options.Folder, $"{OnlineRetraining.Name}.{kind}");

        void Look(int epoch)
        {
            if (epoch % plan.WatchEvery != 0 && epoch != plan.Settings.Training.Epochs)
                return;
            var test = plan.Test with { Scales = [1], Mirror = false };
            var score = Label(segmenter, test, null, "watched", plan.Watched!, null, options, cancellation).Scores!.MeanIou;
            options.Looked?.Invoke(epoch, score);
            if (score <= best?.MeanIou)
                return;
            best = new WatchedEpoch(epoch, score, bestPath);
            var metadata = new Dictionary<string, string>
            {
                [BestEpoch] = epoch.ToString(CultureInfo.InvariantCulture),
                [BestMeanIou] = score.ToString("R", CultureInfo.InvariantCulture),
            };
            segmenter.Save(bestPath, metadata, plan.Stored);
        }
    }

    /// <summary>Labels pictures, scores them where there is truth, and writes the label maps where a folder is given.</summary>
    /// <param name="segmenter">The Segmenter, on the options' device; it is in evaluation mode afterwards.</param>
    /// <param name="settings">Windows and scales.</param>
    /// <param name="crf">The CRF on the probabilities; null for none.</param>
    /// <param name="split">Name of the pictures.</param>
    /// <param name="images">The pictures.</param>
    /// <param name="folder">Where ID.png of every picture is written, with PASCAL VOC's palette; null for nowhere.</param>
    /// <param name="options">Device, workers, progress and clock.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="IOException">A file can't be written.</exception>
    /// <exception cref="InvalidDataException">A picture is damaged; the message names it.</exception>
    public static SegmenterScore Label(
        Segmenter segmenter,
        PredictionSettings settings,
        DenseCrfSettings? crf,
        string split,
        ILabelledImages images,
        string? folder,
        ExperimentOptions options,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        var start = options.Time.GetTimestamp();
        segmenter.eval();
        var predictor = new SegmenterPredictor(segmenter, settings, options.Device);
        var (plain, refined) = (Matrices(), Matrices());
        var crfs = plain.Select(_ => crf is null ? null : new DenseCrf(crf)).ToArray();
        var done = 0;
        ImageWorkers.Run(
            images.Count,
            options.Workers,
            (index, worker) =>
            {
                var image = images.Image(index);
                var probabilities = predictor.Predict(image);
                var labels = probabilities.ToLabelMap();
                var truth = images.HasTruth ? images.Truth(index) : null;
                if (truth is not null)
                    plain[worker].Add(truth, labels);
                if (crfs[worker] is { } own)
                {
                    labels = Refine(own, image, probabilities.OfWinners());
                    if (truth is not null)
                        refined[worker].Add(truth, labels);
                }

                if (folder is not null)
                    LabelFile.SavePng(labels, Path.Combine(folder, images.Id(index) + ".png"));
                options.Labelling?.Invoke(split, Interlocked.Increment(ref done), images.Count);
            },
            cancellation);
        if (folder is not null)
            AtomicFile.DeleteLeftovers(folder, images, ".png");
        var before = images.HasTruth ? Scores(plain) : null;
        var after = images.HasTruth && crf is not null ? Scores(refined) : null;
        return new SegmenterScore(split, images.Count, after ?? before, after is null ? null : before, options.Time.GetElapsedTime(start).TotalSeconds);

        ConfusionMatrix[] Matrices() => [.. Enumerable.Range(0, options.Workers).Select(_ => new ConfusionMatrix(segmenter.Settings.Labels))];
    }

    private static LabelMap Refine(DenseCrf crf, RgbImage image, LabelProbabilities winners) =>
        (winners with { Values = crf.Refine(image, winners.Values).Values }).ToLabelMap();

    private static SegmentationScores Scores(ConfusionMatrix[] matrices)
    {
        foreach (var matrix in matrices.Skip(1))
            matrices[0].Merge(matrix);
        return matrices[0].Scores();
    }

    private static WatchedEpoch? ReadBest(string path)
    {
        if (!System.IO.File.Exists(path))
            return null;
        using var file = SafetensorsFile.Open(path);
        return int.TryParse(file.Metadata.GetValueOrDefault(BestEpoch), CultureInfo.InvariantCulture, out var epoch)
            && double.TryParse(file.Metadata.GetValueOrDefault(BestMeanIou), CultureInfo.InvariantCulture, out var score)
            ? new WatchedEpoch(epoch, score, path)
            : throw new InvalidDataException($"{path} does not say of which epoch it is: its metadata lack {BestEpoch} or {BestMeanIou}.");
    }
}
