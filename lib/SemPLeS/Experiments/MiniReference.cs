using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>
/// The figures of the miniature world's prototype in PyTorch, five worlds at one training seed. Its drawings and networks are others of the same kind: a
/// single world's figures differ by some points, and by 1 to 3 from one training seed to the next.
/// </summary>
public static class MiniReference
{
    /// <summary>Seed mIoU and false activation of phase 1, stage a and stage c, in percent.</summary>
    public static IReadOnlyList<ReferenceFigure> Figures { get; } =
    [
        Of(Phase1.Name, "seed_miou", 33.2, 40.9, 32.8, 34.9, 31.7),
        Of(Phase1.Name, "false_activation", 38, 26, 38, 46, 51),
        Of(StageMatching.Name, "seed_miou", 41.8, 42.0, 37.4, 33.9, 34.0),
        Of(StageMatching.Name, "false_activation", 25, 27, 36, 55, 42),
        Of(StageRefinement.Name, "seed_miou", 48.3, 45.3, 38.2, 36.3, 35.2),
        Of(StageRefinement.Name, "false_activation", 16, 24, 36, 51, 29),
    ];

    /// <summary>The figure for a row, split and metric; null where there is none.</summary>
    public static ReferenceFigure? Find(string row, string split, string metric) =>
        Figures.FirstOrDefault(figure => figure.Row == row && figure.Split == split && figure.Metric == metric);

    private static ReferenceFigure Of(string row, string metric, params double[] worlds) =>
        new(row, "train", metric, worlds.Min(), worlds.Max(), worlds.Average());
}
