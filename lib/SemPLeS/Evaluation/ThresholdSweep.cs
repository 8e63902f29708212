using SemPLeS.Data;

namespace SemPLeS.Evaluation;

/// <summary>
/// Scores seeds at every background threshold of a rule in one pass over the images: each pixel is counted once, by its true label, its
/// best class and the number of thresholds that its score exceeds. Not safe for threads: one for each worker, merged at the end, gives the
/// same counts.
/// </summary>
public sealed class ThresholdSweep
{
    private readonly ThresholdRule _rule;
    private readonly float[] _levels;
    private readonly int _labels;
    private readonly long[] _counts;

    /// <summary>A sweep over no images yet.</summary>
    /// <param name="rule">The thresholds, and how one is chosen.</param>
    /// <param name="labels">Number of labels, background included: 2 to 255.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labels"/> is outside that range.</exception>
    public ThresholdSweep(ThresholdRule rule, int labels)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentOutOfRangeException.ThrowIfLessThan(labels, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labels, LabelMap.Ignore);
        (_rule, _labels) = (rule, labels);
        _levels = [.. rule.Levels];
        _counts = new long[labels * (labels - 1) * (_levels.Length + 1)];
    }

    /// <summary>Counts every pixel of one image whose truth is not <see cref="LabelMap.Ignore"/>.</summary>
    /// <exception cref="ArgumentException">The sizes differ, or a label or class is out of range. Nothing is counted then.</exception>
    public void Add(LabelMap truth, SeedMap seeds)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(seeds);
        LabelChecks.SameSize(truth, seeds.Width, seeds.Height, nameof(seeds));
        LabelChecks.Truth(truth, _labels, nameof(truth));
        LabelChecks.Labels(seeds.BestClass, _labels - 1, nameof(seeds));
        for (var i = 0; i < truth.Labels.Length; i++)
        {
            if (truth.Labels[i] != LabelMap.Ignore)
                _counts[Cell(truth.Labels[i], seeds.BestClass[i]) + ScoreLevels.Exceeded(_levels, seeds.Score[i])]++;
        }
    }

    /// <summary>Adds the counts of <paramref name="other"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="other"/> has another rule or number of labels.</exception>
    public void Merge(ThresholdSweep other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._rule != _rule || other._labels != _labels)
            throw new ArgumentException($"A sweep of {other._labels} labels ({other._rule}) can't be merged into one of {_labels} ({_rule}).", nameof(other));
        Add(other._counts);
    }

    /// <summary>A copy of all counts, as <see cref="Add(long[])"/> takes them.</summary>
    internal long[] Counts => [.. _counts];

    /// <summary>Adds counts of a sweep of the same rule and labels.</summary>
    internal void Add(long[] counts)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += counts[i];
    }

    /// <summary>The scores at every threshold, and the one that the rule chooses.</summary>
    /// <exception cref="InvalidOperationException">No pixel was counted.</exception>
    public ThresholdResult Result()
    {
        var scores = Enumerable.Range(0, _levels.Length).Select(level => At(level).Scores()).ToArray();
        var chosen = _rule.Choose([.. scores.Select(s => s.MeanIou)]);
        return new ThresholdResult(_levels[chosen], scores[chosen], [.. scores.Select((s, i) => new ThresholdPoint(_levels[i], s.MeanIou))], _rule.Description);
    }

    /// <summary>The confusion matrix of the labels at one threshold: background where the score exceeds at most the levels below it.</summary>
    private ConfusionMatrix At(int level)
    {
        var matrix = new long[_labels * _labels];
        for (var truth = 0; truth < _labels; truth++)
        {
            for (var best = 0; best < _labels - 1; best++)
            {
                var cells = _counts.AsSpan(Cell(truth, best), _levels.Length + 1);
                foreach (var count in cells[..(level + 1)])
                    matrix[truth * _labels] += count;
                foreach (var count in cells[(level + 1)..])
                    matrix[truth * _labels + best + 1] += count;
            }
        }

        return new ConfusionMatrix(_labels, matrix);
    }

    private int Cell(int truth, int best) => (truth * (_labels - 1) + best) * (_levels.Length + 1);
}
