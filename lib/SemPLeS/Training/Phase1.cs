using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>
/// Phase 1: the mask generator learns from image-level labels alone; all of its weights learn. WeakTr's losses are of class tokens, coarse map and refined CAM;
/// where the fusion has nothing to learn, as in MCTformer, the third is left out.
/// </summary>
public static class Phase1
{
    /// <summary>The stage's name in records and files.</summary>
    public const string Name = "phase-1";

    /// <summary>Prepares the training of a generator.</summary>
    /// <param name="generator">The generator, on <paramref name="device"/>; it is trained in place.</param>
    /// <param name="images">Pictures and their labels; as many classes as the generator has.</param>
    /// <param name="settings">The schedule.</param>
    /// <param name="device">Where the generator is.</param>
    /// <exception cref="ArgumentException">The classes of images and generator differ in number, or the images do not fill a batch.</exception>
    public static Trainer Trainer(WeakTrGenerator generator, ILabelledImages images, TrainingSettings settings, Device device)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(images);
        if (images.ClassCount != generator.Settings.Classes)
            throw new ArgumentException($"The images have {images.ClassCount} classes, the generator {generator.Settings.Classes}.", nameof(images));
        var objectives = generator.Settings.Uniform is null ? ObjectiveSum.Phase1 : ObjectiveSum.Mctformer;
        return new Trainer(Name, generator, generator.LearnedParameters(GeneratorForm.Phase1), images, settings, device, step =>
        {
            var generated = generator.Forward(step.Images, GeneratorForm.Phase1, step.Random);
            return objectives.Compute(new ObjectiveContext { Labels = step.Labels, Generated = generated });
        })
        {
            Share = BatchShare.Images,
        };
    }
}
