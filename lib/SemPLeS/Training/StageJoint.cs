using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>
/// The joint scheme of the paper's Table 6, as we read it: at every step the generator takes a step of equation (3) and the prompts, untrained at the
/// start, one of equation (2), both from the same forward pass, each with an optimiser of its own. No gradient passes from one to the other.
/// </summary>
public static class StageJoint
{
    /// <summary>The stage's name in records and files.</summary>
    public const string Name = "joint";

    /// <summary>Prepares the stage.</summary>
    /// <param name="generator">The generator of phase 1, on <paramref name="device"/>; it is trained in place.</param>
    /// <param name="prompts">The prompts, on the same device; they are trained in place.</param>
    /// <param name="clip">CLIP, on the same device.</param>
    /// <param name="images">Pictures and their labels, each with a class at least.</param>
    /// <param name="settings">The generator's loss, masks and optimiser, and the run's schedule, batches and seed.</param>
    /// <param name="promptSettings">The prompts' loss, learning rate and optimiser; nothing else of it is read.</param>
    /// <param name="device">Where the networks are.</param>
    /// <exception cref="ArgumentException">
    /// Numbers of classes, sizes of images or the prompts' width differ, a picture has no class, the images do not fill a batch, or both losses have a term
    /// of one name.
    /// </exception>
    public static Stage Prepare(
        WeakTrGenerator generator,
        PromptLearner prompts,
        StageClip clip,
        ILabelledImages images,
        StageSettings settings,
        StageSettings promptSettings,
        Device device)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(promptSettings);
        clip.Require(generator, images, settings);
        clip.Require(prompts);
        if (settings.Objectives.Terms.Select(Name).Intersect(promptSettings.Objectives.Terms.Select(Name)).FirstOrDefault() is { } twice)
            throw new ArgumentException($"Both losses have a term named '{twice}'.", nameof(promptSettings));
        var configuration = clip.Configuration(settings);
        foreach (var (name, text) in SettingsText.Of(new { promptSettings.Objectives, promptSettings.Training.LearningRate, promptSettings.Training.Optimizer }))
            configuration["Prompts." + name] = text;
        var learned = new LearnedGroup([.. generator.LearnedParameters(GeneratorForm.Stage)], settings.Training.LearningRate, settings.Training.Optimizer);
        return new Stage(new Trainer(
            StageJoint.Name,
            new Both(generator, prompts),
            [learned, StagePrompting.Learned(prompts, promptSettings.Training)],
            images,
            settings.Training,
            device,
            Loss,
            configuration)
        {
            Share = BatchShare.Pairs,
        });

        static string Name(WeightedObjective term) => term.Objective.Name;

        ObjectiveValues Loss(TrainingStep step)
        {
            var promptFeatures = prompts.Encode(clip.Model);
            var generated = generator.Forward(step.Images, GeneratorForm.Stage, step.Random);
            var context = clip.Context(step, settings, generated, promptFeatures.detach());
            var ofGenerator = settings.Objectives.Compute(context);
            var ofPrompts = promptSettings.Objectives.Compute(context.ForPrompts(promptFeatures));
            // The two halves have no parameter in common: the gradient of the sum is each one's own.
            return new ObjectiveValues(ofGenerator.Total + ofPrompts.Total, [.. ofGenerator.Terms, .. ofPrompts.Terms]);
        }
    }

    /// <summary>Generator and prompts under one roof, for checkpoints. Never disposed: both are the caller's.</summary>
    private sealed class Both : nn.Module
    {
        private readonly WeakTrGenerator generator;
        private readonly PromptLearner prompts;

        public Both(WeakTrGenerator generator, PromptLearner prompts)
            : base(nameof(Both))
        {
            (this.generator, this.prompts) = (generator, prompts);
            RegisterComponents();
        }
    }
}
