using SemPLeS.Data;
using SemPLeS.Objectives;
using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.Segmentation;

/// <summary>Online retraining (WeakTr, Zhu et al., 2023): a Segmenter learns from pseudo masks, or from true ones as an upper bound.</summary>
public static class OnlineRetraining
{
    /// <summary>The stage's name in records and files.</summary>
    public const string Name = "retraining";

    /// <summary>Prepares the training of a Segmenter.</summary>
    /// <param name="segmenter">The Segmenter, on <paramref name="device"/>; it is trained in place.</param>
    /// <param name="images">Pictures and, as their truth, the masks to learn: <see cref="MaskFolderImages"/> for pseudo masks.</param>
    /// <param name="settings">Schedule and loss.</param>
    /// <param name="device">Where the Segmenter is.</param>
    /// <exception cref="ArgumentException">
    /// Labels of pictures and Segmenter differ in number, the pictures have no masks or do not fill a batch, or the augmentation is not one of masks.
    /// </exception>
    public static Trainer Trainer(Segmenter segmenter, ILabelledImages images, RetrainingSettings settings, Device device)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(settings);
        if (images.ClassCount + 1 != segmenter.Settings.Labels)
            throw new ArgumentException($"The pictures have {images.ClassCount + 1} labels, background included, the Segmenter {segmenter.Settings.Labels}.", nameof(images));
        if (!images.HasTruth)
            throw new ArgumentException("The pictures have no masks to learn from.", nameof(images));
        if (settings.Training.Augmentation is not SegmentationAugmentation)
            throw new ArgumentException($"A Segmenter learns from masks, which {settings.Training.Augmentation.GetType().Name} leaves out.", nameof(settings));
        var training = settings.Training;
        var learned = segmenter.LearnedParameters().ToLookup(named => named.Name.StartsWith("encoder.", StringComparison.Ordinal));
        var encoder = new LearnedGroup([.. learned[true]], new LearningRateScaled(training.LearningRate, settings.EncoderRate), training.Optimizer);
        var decoder = new LearnedGroup([.. learned[false]], training.LearningRate, training.Optimizer);
        return new Trainer(Name, segmenter, [encoder, decoder], images, training, device, Loss, SettingsText.Of(new { Retraining = settings, Network = segmenter.Settings }));

        ObjectiveValues Loss(TrainingStep step)
        {
            var loss = settings.Loss.Compute(segmenter.Forward(step.Images, step.Random), step.Masks!);
            return new ObjectiveValues(loss, [("cross entropy", loss.detach())]);
        }
    }
}
