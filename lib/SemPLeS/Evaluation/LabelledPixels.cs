using SemPLeS.Data;

namespace SemPLeS.Evaluation;

/// <summary>What the pixels that a labelling gives to each class really show. Known only where backgrounds are mapped, as in the miniature world.</summary>
/// <param name="classes">Number of classes K, background not counted.</param>
public sealed class LabelledPixels(int classes)
{
    private readonly long[,] _counts = new long[classes, 4];

    /// <summary>What a pixel that is labelled as a class can show, in the order of <see cref="Shares"/>.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["the class", "its own background", "another background", "another object"];

    /// <summary>Counts one picture; pixels that the truth ignores are left out.</summary>
    /// <param name="labels">The labelling.</param>
    /// <param name="truth">The true labels.</param>
    /// <param name="background">height x width: what is drawn behind the objects, 0 neutral, class + 1 for the own background of a class.</param>
    /// <exception cref="ArgumentException">The sizes differ, or a label is of no class. Nothing is counted then.</exception>
    public void Add(LabelMap labels, LabelMap truth, IReadOnlyList<byte> background)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(background);
        LabelChecks.SameSize(truth, labels.Width, labels.Height, nameof(labels));
        LabelChecks.Labels(labels.Labels, classes + 1, nameof(labels));
        if (background.Count != truth.Labels.Length)
            throw new ArgumentException($"{background.Count} values don't fit a picture of {truth.Width}x{truth.Height}.", nameof(background));
        for (var i = 0; i < truth.Labels.Length; i++)
        {
            var (label, real) = (labels.Labels[i], truth.Labels[i]);
            if (label == 0 || real == LabelMap.Ignore)
                continue;
            var kind = real == label ? 0 : real != 0 ? 3 : background[i] == label ? 1 : 2;
            _counts[label - 1, kind]++;
        }
    }

    /// <summary>K x 4: of the pixels labelled as a class, the share of each of <see cref="Kinds"/>, in 0..1; NaN for a class that no pixel is given to.</summary>
    public double[,] Shares()
    {
        var shares = new double[classes, Kinds.Count];
        for (var k = 0; k < classes; k++)
        {
            var all = Enumerable.Range(0, Kinds.Count).Sum(kind => _counts[k, kind]);
            for (var kind = 0; kind < Kinds.Count; kind++)
                shares[k, kind] = (double)_counts[k, kind] / all;
        }

        return shares;
    }
}
