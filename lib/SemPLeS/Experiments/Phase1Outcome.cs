using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>What a phase-1 experiment ended with.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="WeightsPath">The trained generator.</param>
/// <param name="Training">Losses and times.</param>
/// <param name="Scores">One for each planned score.</param>
public sealed record Phase1Outcome(Phase1Plan Plan, string WeightsPath, TrainingRecord Training, IReadOnlyList<MeasuredScore> Scores)
{
    /// <summary>The row of these results in tables.</summary>
    public const string Row = Phase1.Name;

    /// <summary>The numbers, as results.json has them: mIoU and false activation in percent.</summary>
    public IEnumerable<ResultRecord> Records()
    {
        yield return Record(Plan.Scores.Count > 0 ? Plan.Scores[0].Split : "train", "seconds", Training.Seconds);
        foreach (var score in Scores)
        {
            // The protocol is told apart where there are several: seed_miou is the first's.
            var suffix = score.Protocol == Scores[0].Protocol ? string.Empty : "_" + score.Protocol.Name.ToLowerInvariant();
            yield return Record(score.Split, score.Metric + suffix, 100 * score.Evaluation.Seeds.Scores.MeanIou);
            if (score.Evaluation.FalseActivation is { } share)
                yield return Record(score.Split, "false_activation" + suffix, 100 * share);
        }
    }

    private ResultRecord Record(string split, string metric, double value) => new(Plan.Preset, Plan.World, Plan.Seed, Row, split, metric, value);
}
