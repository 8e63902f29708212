using SemPLeS.Data;

namespace SemPLeS.Evaluation;

/// <summary>How many pixels of each true label were given each label. Not safe for threads: one for each worker, merged at the end, gives the same counts.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[] _counts;

    /// <summary>An empty matrix.</summary>
    /// <param name="labels">Number of labels, background included: 2 to 255.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labels"/> is outside that range.</exception>
    public ConfusionMatrix(int labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labels, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labels, LabelMap.Ignore);
        Labels = labels;
        _counts = new long[labels * labels];
    }

    /// <summary>A matrix of counts made elsewhere: labels x labels, truth by prediction; not copied.</summary>
    internal ConfusionMatrix(int labels, long[] counts) => (Labels, _counts) = (labels, counts);

    /// <summary>Number of labels, background included.</summary>
    public int Labels { get; }

    /// <summary>Pixels of label <paramref name="truth"/> that were given label <paramref name="prediction"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside 0..<see cref="Labels"/>-1.</exception>
    public long this[int truth, int prediction] => _counts[Index(truth, prediction)];

    /// <summary>Counts every pixel whose truth is not <see cref="LabelMap.Ignore"/>.</summary>
    /// <exception cref="ArgumentException">The sizes differ, or a label is outside 0..<see cref="Labels"/>-1. Nothing is counted then.</exception>
    public void Add(LabelMap truth, LabelMap prediction)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(prediction);
        LabelChecks.SameSize(truth, prediction.Width, prediction.Height, nameof(prediction));
        LabelChecks.Truth(truth, Labels, nameof(truth));
        LabelChecks.Labels(prediction.Labels, Labels, nameof(prediction));
        var given = prediction.Labels;
        for (var i = 0; i < given.Length; i++)
        {
            if (truth.Labels[i] != LabelMap.Ignore)
                _counts[truth.Labels[i] * Labels + given[i]]++;
        }
    }

    /// <summary>Adds the counts of <paramref name="other"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="other"/> has another number of labels.</exception>
    public void Merge(ConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Labels != Labels)
            throw new ArgumentException($"A matrix of {other.Labels} labels can't be merged into one of {Labels}.", nameof(other));
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
    }

    /// <summary>The scores of all pixels counted so far.</summary>
    /// <exception cref="InvalidOperationException">No pixel was counted.</exception>
    public SegmentationScores Scores()
    {
        var iou = new double[Labels];
        double iouSum = 0, falsePositives = 0, falseNegatives = 0;
        int present = 0, presentObjects = 0;
        for (var label = 0; label < Labels; label++)
        {
            long truth = 0, predicted = 0, correct = _counts[label * Labels + label];
            for (var other = 0; other < Labels; other++)
            {
                truth += _counts[label * Labels + other];
                predicted += _counts[other * Labels + label];
            }

            var union = truth + predicted - correct;
            iou[label] = union == 0 ? double.NaN : (double)correct / union;
            if (union == 0)
                continue;
            present++;
            iouSum += iou[label];
            if (label == 0)
                continue;
            presentObjects++;
            falsePositives += (double)(predicted - correct) / union;
            falseNegatives += (double)(truth - correct) / union;
        }

        if (present == 0)
            throw new InvalidOperationException("No pixel was counted: there is nothing to score.");
        return new SegmentationScores(iou, iouSum / present, falsePositives / presentObjects, falseNegatives / presentObjects);
    }

    private int Index(int truth, int prediction)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(truth);
        ArgumentOutOfRangeException.ThrowIfNegative(prediction);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(truth, Labels);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(prediction, Labels);
        return truth * Labels + prediction;
    }
}
