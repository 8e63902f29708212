using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>What a run of the whole method, or of phase 1 alone, ended with.</summary>
/// <param name="Phase1">The mask generator alone.</param>
/// <param name="Stages">Every stage, in the order of the run; none after phase 1 alone.</param>
/// <param name="Scores">The scores of each stage's generator; none for stage b, which trains prompts.</param>
public sealed record SemPLeSOutcome(Phase1Outcome Phase1, IReadOnlyList<SchemeStage> Stages, IReadOnlyList<IReadOnlyList<MeasuredScore>> Scores)
{
    /// <summary>The Segmenters that learned the last generator's masks, and the true ones; none where none was trained.</summary>
    public IReadOnlyList<SegmentationOutcome> Segmentation { get; init; } = [];

    /// <summary>Every generator, in the order of the run, phase 1's first.</summary>
    public IReadOnlyList<ScoredGenerator> Generators =>
    [
        new(Phase1Outcome.Row, Phase1.WeightsPath, Phase1.Training, Phase1.Scores),
        .. Stages.Zip(Scores).Where(stage => stage.First.GeneratorPath is not null)
            .Select(stage => new ScoredGenerator(stage.First.FileName, stage.First.GeneratorPath!, stage.First.Training, stage.Second)),
    ];

    /// <summary>The numbers, as results.json has them; rows are phase-1, stage-a, stage-b, stage-c (stage-b-2 and stage-c-2 in a second round), joint, supervised.</summary>
    public IEnumerable<ResultRecord> Records() => Phase1.Records().Concat(Stages.Zip(Scores)
        .SelectMany(stage => (Phase1 with { Training = stage.First.Training, Scores = stage.Second }).Records().Select(record => record with { Row = stage.First.FileName })))
        .Concat(Segmentation.SelectMany(segmentation => segmentation.Records()));
}
