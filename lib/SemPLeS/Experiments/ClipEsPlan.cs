using SemPLeS.Clip;
using SemPLeS.Evaluation;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Prices;
using SemPLeS.Experiments.Store;
using SemPLeS.PseudoMasks;
using SemPLeS.Training;
using SemPLeS.TrainingFree;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>CLIP-ES on a data set before it runs: it trains nothing, so one run serves every training seed.</summary>
public sealed record ClipEsPlan
{
    /// <summary>The stage's name in records.</summary>
    public const string Stage = "clip-es";

    /// <summary>What the method's own rule, argmax over CAMs and 1 - greatest CAM, comes to as a threshold.</summary>
    public const double OwnThreshold = .5;

    /// <summary>Loads the CLIP, on the CPU.</summary>
    public required Func<ClipModel> Clip { get; init; }

    /// <summary>The tokenizer of its vocabulary.</summary>
    public required ITextTokenizer Tokenizer { get; init; }

    /// <summary>Texts and constants.</summary>
    public required ClipEsSettings Settings { get; init; }

    /// <summary>How seeds are scored, on which pictures; the CAMs' own settings are not read.</summary>
    public required IReadOnlyList<PlannedScore> Scores { get; init; }

    /// <summary>Scores the seeds by each protocol's rule, and by the method's own: own_rule_miou.</summary>
    internal RunProduct Score(ExperimentOptions options, CancellationToken cancellation) => WithExtractor(options.Device, extractor =>
    {
        var start = options.Time.GetTimestamp();
        MeasuredScore[] scores = [.. Scores.Select(score => Measure(score, score.Protocol.Rule))];
        var own = Scores.Select(score => new RunMetric(score.Split, "own_rule_miou", 100 * Measure(score, new FixedThreshold(OwnThreshold)).Evaluation.Seeds.Scores.MeanIou));
        return new RunProduct(
            new Dictionary<string, string>(), [.. ScoreMetrics.Of(scores), .. own], new TrainingRecord(Stage, Steps: 0, ResumedFrom: 0, Epochs: [], Seconds: 0));

        MeasuredScore Measure(PlannedScore score, ThresholdRule rule)
        {
            var evaluation = SeedEvaluation.Run(extractor, score.Images, rule, options.Workers, done => options.Scoring?.Invoke(score, done, score.Images.Count), cancellation);
            return new MeasuredScore(score.Split, score.Protocol, evaluation, options.Time.GetElapsedTime(start).TotalSeconds);
        }
    });

    /// <summary>What <see cref="Score"/> is expected to cost: CAMs are made for each of two rules.</summary>
    internal RunPrice Price(ClipSettings clip) => RunPrice.Sum(Scores.Concat(Scores).Select(score => PriceEstimate.ClipEs(clip, score.Images)));

    /// <summary>Masks by the method's own rule, and a Segmenter that learns what their CRF is sure of.</summary>
    internal SegmentationOutcome Segment(SegmentationPlan plan, ExperimentOptions options, CancellationToken cancellation) =>
        WithExtractor(options.Device, extractor => SegmentationExperiment.FromCams(plan, Stage, extractor, OwnThreshold, new SoftMasks(), options, cancellation));

    private T WithExtractor<T>(Device device, Func<ClipEsExtractor, T> compute)
    {
        using var model = Clip().to(device);
        using var extractor = new ClipEsExtractor(model, Tokenizer, Settings, device);
        return compute(extractor);
    }
}
