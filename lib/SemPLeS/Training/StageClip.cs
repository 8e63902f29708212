using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>CLIP as the stages use it: frozen, with the features of the label texts computed once.</summary>
public sealed class StageClip : IDisposable
{
    private readonly string _fingerprint;
    private readonly string _labels;
    private readonly string? _backgrounds;

    /// <summary>Freezes a CLIP and encodes the labels.</summary>
    /// <param name="model">The CLIP; it remains the caller's.</param>
    /// <param name="labelTokens">(K, L) int64: the text of each class, such as "a photo of cat.", padded with 0; on the model's device.</param>
    /// <param name="backgroundTokens">(M, L) int64: texts about backgrounds, the same for every class, for losses that read them; null for none.</param>
    /// <exception cref="ArgumentException">The tokens are not of this CLIP's vocabulary or context.</exception>
    public StageClip(ClipModel model, Tensor labelTokens, Tensor? backgroundTokens = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(labelTokens);
        model.Freeze();
        Model = model;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        LabelFeatures = model.EncodeText(labelTokens).DetachFromDisposeScope();
        (_fingerprint, _labels) = (Fingerprint.Of(model), Fingerprint.Of(labelTokens));
        if (backgroundTokens is null)
            return;
        BackgroundTextFeatures = model.EncodeText(backgroundTokens).DetachFromDisposeScope();
        _backgrounds = Fingerprint.Of(backgroundTokens);
    }

    /// <summary>The CLIP.</summary>
    public ClipModel Model { get; }

    /// <summary>(K, D): u_f of every class, not normalised.</summary>
    public Tensor LabelFeatures { get; }

    /// <summary>(M, D): the background texts, not normalised; null where there are none.</summary>
    public Tensor? BackgroundTextFeatures { get; }

    /// <summary>Frees what was computed; the model remains.</summary>
    public void Dispose()
    {
        LabelFeatures.Dispose();
        BackgroundTextFeatures?.Dispose();
    }

    /// <summary>The features of prompts that do not learn, computed once.</summary>
    /// <returns>(K, D), detached from every scope.</returns>
    internal Tensor FixedFeatures(PromptLearner prompts)
    {
        using var noGradient = no_grad();
        return prompts.Encode(Model).DetachFromDisposeScope();
    }

    /// <summary>Checks that CLIP, generator and images fit each other, before anything is trained.</summary>
    /// <exception cref="ArgumentException">Numbers of classes or sizes of images differ, or a picture has no class.</exception>
    internal void Require(WeakTrGenerator generator, ILabelledImages images, StageSettings settings)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(settings);
        if (images.ClassCount != generator.Settings.Classes)
            throw new ArgumentException($"The images have {images.ClassCount} classes, the generator {generator.Settings.Classes}.", nameof(images));
        if (images.ClassCount != LabelFeatures.shape[0])
            throw new ArgumentException($"The images have {images.ClassCount} classes, and CLIP was given {LabelFeatures.shape[0]} label texts.", nameof(images));
        if (settings.Training.Augmentation.Size != Model.Settings.ImageSize)
        {
            throw new ArgumentException(
                $"The augmentation makes images of {settings.Training.Augmentation.Size} pixels, CLIP sees {Model.Settings.ImageSize}.", nameof(settings));
        }

        var without = Enumerable.Range(0, images.Count).Where(index => images.Labels(index).Count == 0).Select(images.Id).ToList();
        if (without.Count > 0)
            throw new ArgumentException($"{without.Count} pictures have no class and so nothing to match: {string.Join(", ", without.Take(3))}{(without.Count > 3 ? ", ..." : "")}.", nameof(images));
    }

    /// <summary>Checks that prompts fit this CLIP and its labels.</summary>
    /// <exception cref="ArgumentException">Their number, width or length is another.</exception>
    internal void Require(PromptLearner prompts)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        prompts.RequireFit(Model.Settings, (int)LabelFeatures.shape[0]);
    }

    /// <summary>What checkpoints of a stage say of its settings and of this CLIP.</summary>
    internal Dictionary<string, string> Configuration(StageSettings settings)
    {
        var texts = new Dictionary<string, string>(SettingsText.Of(settings)) { ["Clip"] = _fingerprint, ["LabelTexts"] = _labels };
        if (_backgrounds is not null)
            texts["BackgroundTexts"] = _backgrounds;
        return texts;
    }

    /// <summary>The context of pictures that follow each other in a set, which nothing augments, under a generator's masks.</summary>
    internal ObjectiveContext PlainContext(
        WeakTrGenerator generator, ILabelledImages images, StageSettings settings, Device device, int first, int count, DisposeScope scope, Tensor? promptFeatures = null)
    {
        var plain = new PlainInput(settings.Training.Augmentation.Size, settings.Training.Augmentation.Statistics);
        var (pixels, labels) = (new float[count * plain.Length], new float[count * images.ClassCount]);
        for (var i = 0; i < count; i++)
        {
            // Photographs are squashed: what is measured is the whole of them. A picture of this size stays as it is.
            var image = Resampler.Resize(images.Image(first + i), plain.Size, plain.Size, ResampleFilter.Bicubic);
            plain.Apply(image, new RandomStream(0), pixels.AsSpan(i * plain.Length, plain.Length));
            foreach (var label in images.Labels(first + i))
                labels[i * images.ClassCount + label] = 1;
        }

        var input = tensor(pixels, [count, 3, plain.Size, plain.Size]).to(device);
        return new ObjectiveContext
        {
            Labels = tensor(labels, [count, images.ClassCount]).to(device),
            Images = input,
            Scope = scope,
            Generated = generator.Forward(input, GeneratorForm.Stage),
            MaskEpsilon = settings.MaskEpsilon,
            EncodeImages = Model.EncodeImage,
            LabelFeatures = LabelFeatures,
            PromptFeatures = promptFeatures!,
            BackgroundTextFeatures = BackgroundTextFeatures!,
        };
    }

    /// <summary>The context of a step in which the generator learns.</summary>
    internal ObjectiveContext Context(TrainingStep step, StageSettings settings, GeneratorOutput generated, Tensor? promptFeatures) => new()
    {
        Labels = step.Labels,
        Images = step.Images,
        Step = step.Step,
        Scope = step.Scope,
        Generated = generated,
        MaskEpsilon = settings.MaskEpsilon,
        EncodeImages = Model.EncodeImage,
        LabelFeatures = LabelFeatures,
        PromptFeatures = promptFeatures!,
        BackgroundTextFeatures = BackgroundTextFeatures!,
        Batch = step.Batch,
    };
}
