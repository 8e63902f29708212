using SemPLeS.Data;
using SemPLeS.Evaluation;

namespace SemPLeS.Experiments;

/// <summary>The classes of which a training set shows enough to be learned: a class of two photographs says nothing of a method.</summary>
public static class FrequentClasses
{
    /// <summary>Pictures that a class needs.</summary>
    public const int LeastPictures = 10;

    /// <summary>The classes, 0 to K - 1, that at least <see cref="LeastPictures"/> pictures show.</summary>
    public static IReadOnlyList<int> Of(ILabelledImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var pictures = new int[images.ClassCount];
        for (var i = 0; i < images.Count; i++)
        {
            foreach (var label in images.Labels(i))
                pictures[label]++;
        }

        return [.. Enumerable.Range(0, pictures.Length).Where(label => pictures[label] >= LeastPictures)];
    }

    /// <summary>Mean IoU of the background and these classes, in 0..1; NaN when none has an IoU.</summary>
    /// <param name="scores">Scores of all labels, background first.</param>
    /// <param name="classes">Classes, 0 to K - 1.</param>
    public static double MeanIou(SegmentationScores scores, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(classes);
        return classes.Select(label => label + 1).Prepend(0).Select(label => scores.Iou[label]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
    }
}
