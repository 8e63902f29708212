using SemPLeS.MaskGenerator;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>
/// What the terms of a loss may read of a training step of B images, K classes and P pairs: one pair for each image and each class in it, in the row-major
/// order of the labels. What is derived is computed when it is first read, once; what nobody reads is not computed. The tensors live as long as the step.
/// </summary>
public sealed class ObjectiveContext
{
    private readonly bool _gradients = is_grad_enabled();
    private ObjectiveContext? _detached;
    private (long Images, long Pairs)? _batch;
    private Tensor? _images;
    private GeneratorOutput? _generated;
    private Tensor? _labelFeatures;
    private Tensor? _promptFeatures;
    private Tensor? _backgroundTextFeatures;
    private Tensor? _pairs;
    private Tensor? _rawMasks;
    private Tensor? _masks;
    private Tensor? _foregroundImages;
    private Tensor? _backgroundImages;
    private Tensor? _foregroundFeatures;
    private Tensor? _backgroundFeatures;
    private Tensor? _pairLabelFeatures;
    private Tensor? _pairPromptFeatures;
    private Similarity? _foregroundLabel;
    private Similarity? _backgroundLabel;
    private Similarity? _foregroundPrompt;
    private Similarity? _backgroundPrompt;
    private Similarity? _promptLabel;

    /// <summary>(B, K) float, 1 where the class is in the image and 0 elsewhere.</summary>
    public required Tensor Labels { get; init; }

    /// <summary>Images and pairs of the whole batch, where <see cref="Labels"/> are of a part of it.</summary>
    public (long Images, long Pairs) Batch
    {
        get => _batch ??= (Labels.shape[0], Pairs.shape[0]);
        init => _batch = value;
    }

    /// <summary>Optimiser steps before this one.</summary>
    public long Step { get; init; }

    /// <summary>(B, 3, H, W), normalised, after augmentation.</summary>
    /// <exception cref="InvalidOperationException">The step has no images.</exception>
    public Tensor Images
    {
        get => _images ?? throw Lacks(nameof(Images));
        init => _images = value;
    }

    /// <summary>The mask generator's output for the images.</summary>
    /// <exception cref="InvalidOperationException">The step has no generator.</exception>
    public GeneratorOutput Generated
    {
        get => _generated ??= RunGenerator();
        init => _generated = value;
    }

    /// <summary>(B, K): mean over the channels of the generator's class tokens.</summary>
    public Tensor ClassLogits => Generated.ClassLogits;

    /// <summary>(P, 2) int64: image, 0 to B - 1, and class, 0 to K - 1, of each pair.</summary>
    public Tensor Pairs => Keep(ref _pairs, false, () => Labels.nonzero());

    /// <summary>(P, 1, H, W): the refined CAM of each pair, enlarged to the images (bilinear, corners aligned), before its min-max normalisation.</summary>
    public Tensor RawMasks => Keep(ref _rawMasks, PassesToImages, () =>
    {
        if (_detached is not null)
            return _detached.RawMasks.detach();
        var cams = Generated.RefinedCam;
        var index = Pairs.select(1, 0) * cams.shape[1] + Pairs.select(1, 1);
        return nn.functional.interpolate(
            cams.flatten(0, 1).index_select(0, index).unsqueeze(1), [Images.shape[2], Images.shape[3]], mode: InterpolationMode.Bilinear, align_corners: true);
    });

    /// <summary>(P, 1, H, W): M_k, the masks after (m - min) / (max - min + <see cref="MaskEpsilon"/>), minimum and maximum being each mask's own.</summary>
    public Tensor Masks => Keep(ref _masks, PassesToImages, () =>
    {
        var least = RawMasks.amin([2, 3], keepdim: true);
        return (RawMasks - least) / (RawMasks.amax([2, 3], keepdim: true) - least + MaskEpsilon);
    });

    /// <summary>(P, 3, H, W): X_f = M_k X.</summary>
    public Tensor ForegroundImages => Keep(ref _foregroundImages, PassesToImages, () => Masks * PairPictures());

    /// <summary>(P, 3, H, W): X_b = (1 - M_k) X.</summary>
    public Tensor BackgroundImages => Keep(ref _backgroundImages, PassesToImages, () => (1 - Masks) * PairPictures());

    /// <summary>(P, D): v_f, CLIP's features of the foreground images, not normalised.</summary>
    public Tensor ForegroundFeatures
    {
        get => Features(ref _foregroundFeatures, PairImages.Foreground, () => ForegroundImages, source => source.ForegroundFeatures);
        init => _foregroundFeatures = value;
    }

    /// <summary>(P, D): v_b, CLIP's features of the background images, not normalised.</summary>
    public Tensor BackgroundFeatures
    {
        get => Features(ref _backgroundFeatures, PairImages.Background, () => BackgroundImages, source => source.BackgroundFeatures);
        init => _backgroundFeatures = value;
    }

    /// <summary>(K, D): u_f, CLIP's features of the label texts of all classes, not normalised.</summary>
    /// <exception cref="InvalidOperationException">The step has no label texts.</exception>
    public Tensor LabelFeatures
    {
        get => _labelFeatures ?? throw Lacks(nameof(LabelFeatures));
        init => _labelFeatures = value;
    }

    /// <summary>(K, D): u_b, CLIP's features of the prompts of all classes, not normalised.</summary>
    /// <exception cref="InvalidOperationException">The step has no prompts.</exception>
    public Tensor PromptFeatures
    {
        get => _promptFeatures ?? throw Lacks(nameof(PromptFeatures));
        init => _promptFeatures = value;
    }

    /// <summary>(M, D): CLIP's features of texts about backgrounds that somebody wrote, the same for every class, not normalised.</summary>
    /// <exception cref="InvalidOperationException">The step has no such texts.</exception>
    public Tensor BackgroundTextFeatures
    {
        get => _backgroundTextFeatures ?? throw Lacks(nameof(BackgroundTextFeatures));
        init => _backgroundTextFeatures = value;
    }

    /// <summary>(P, D): u_f of each pair's class.</summary>
    public Tensor PairLabelFeatures => Keep(ref _pairLabelFeatures, _gradients, () => LabelFeatures.index_select(0, Pairs.select(1, 1)));

    /// <summary>(P, D): u_b of each pair's class.</summary>
    public Tensor PairPromptFeatures => Keep(ref _pairPromptFeatures, _gradients, () => PromptFeatures.index_select(0, Pairs.select(1, 1)));

    /// <summary>sim(v_f, u_f).</summary>
    public Similarity ForegroundLabel => Compare(ref _foregroundLabel, () => ForegroundFeatures, () => PairLabelFeatures);

    /// <summary>sim(v_b, u_f).</summary>
    public Similarity BackgroundLabel => Compare(ref _backgroundLabel, () => BackgroundFeatures, () => PairLabelFeatures);

    /// <summary>sim(v_f, u_b).</summary>
    public Similarity ForegroundPrompt => Compare(ref _foregroundPrompt, () => ForegroundFeatures, () => PairPromptFeatures);

    /// <summary>sim(v_b, u_b).</summary>
    public Similarity BackgroundPrompt => Compare(ref _backgroundPrompt, () => BackgroundFeatures, () => PairPromptFeatures);

    /// <summary>sim(u_b, u_f).</summary>
    public Similarity PromptLabel => Compare(ref _promptLabel, () => PairPromptFeatures, () => PairLabelFeatures);

    /// <summary>What the masks' normalisation adds to their range, above 0.</summary>
    public double MaskEpsilon { get; init; } = 1e-4;

    /// <summary>Whether nothing that is made of the images passes a gradient: in stage b the generator is fixed.</summary>
    public bool FrozenImages { get; init; }

    /// <summary>Runs the mask generator, where <see cref="Generated"/> is not given.</summary>
    public Func<GeneratorOutput>? Generate { get; init; }

    /// <summary>CLIP's image encoder: (n, 3, H, W) to (n, D).</summary>
    public Func<Tensor, Tensor>? EncodeImages { get; init; }

    /// <summary>The scope of the step, to which what is computed belongs; null leaves it to the finaliser.</summary>
    public DisposeScope? Scope { get; init; }

    /// <summary>What will be read, so that it can be encoded together.</summary>
    internal PairImages Expected { get; set; }

    /// <summary>What is there by now, and its shapes; nothing is computed for it.</summary>
    internal IReadOnlyList<(string Name, long[] Shape)> Shapes =>
    [
        .. from item in new (string Name, Tensor? Tensor)[]
           {
               (nameof(Labels), Labels),
               (nameof(Images), _images),
               (nameof(ClassLogits), _generated?.ClassLogits),
               (nameof(Pairs), _pairs),
               (nameof(RawMasks), _rawMasks),
               (nameof(Masks), _masks),
               (nameof(ForegroundFeatures), _foregroundFeatures),
               (nameof(BackgroundFeatures), _backgroundFeatures),
               (nameof(LabelFeatures), _labelFeatures),
               (nameof(PromptFeatures), _promptFeatures),
               (nameof(BackgroundTextFeatures), _backgroundTextFeatures),
               (nameof(PairLabelFeatures), _pairLabelFeatures),
               (nameof(PairPromptFeatures), _pairPromptFeatures),
               (nameof(ForegroundLabel), _foregroundLabel?.Raw),
               (nameof(BackgroundLabel), _backgroundLabel?.Raw),
               (nameof(ForegroundPrompt), _foregroundPrompt?.Raw),
               (nameof(BackgroundPrompt), _backgroundPrompt?.Raw),
               (nameof(PromptLabel), _promptLabel?.Raw),
           }
           where item.Tensor is not null
           select (item.Name, item.Tensor.shape),
    ];

    private bool PassesToImages => _gradients && !FrozenImages;

    /// <summary>The same step as the prompts see it: nothing but the prompts' features passes a gradient.</summary>
    /// <param name="promptFeatures">(K, D): u_b, with its gradient.</param>
    public ObjectiveContext ForPrompts(Tensor promptFeatures) => new()
    {
        Labels = Labels,
        Images = Images,
        Batch = Batch,
        Step = Step,
        Scope = Scope,
        MaskEpsilon = MaskEpsilon,
        LabelFeatures = LabelFeatures,
        PromptFeatures = promptFeatures,
        EncodeImages = EncodeImages,
        FrozenImages = true,
        _detached = this,
    };

    private Tensor PairPictures() => Images.index_select(0, Pairs.select(1, 0));

    private GeneratorOutput RunGenerator()
    {
        using var mode = set_grad_enabled(PassesToImages);
        var output = _detached is null ? (Generate ?? throw Lacks(nameof(Generated)))() : Detached(_detached.Generated);
        foreach (var tensor in new[] { output.ClassLogits, output.CoarseMap, output.CoarseLogits, output.RefinedCam, output.RefinedLogits, output.HeadWeights })
            Own(tensor);
        return output with { Maps = null };
    }

    private static GeneratorOutput Detached(GeneratorOutput output) => new(
        output.ClassLogits.detach(),
        output.CoarseMap.detach(),
        output.CoarseLogits.detach(),
        output.RefinedCam.detach(),
        output.RefinedLogits.detach(),
        output.HeadWeights.detach(),
        null);

    private Tensor Features(ref Tensor? features, PairImages which, Func<Tensor> images, Func<ObjectiveContext, Tensor> same)
    {
        if (features is null && _detached is null && Expected == PairImages.Both && _foregroundFeatures is null && _backgroundFeatures is null)
            EncodeBoth();
        return Keep(ref features, PassesToImages, () => _detached is null ? Encode(images()) : same(_detached).detach());
    }

    private void EncodeBoth()
    {
        using var mode = set_grad_enabled(PassesToImages);
        using var scope = NewDisposeScope();
        var both = Encode(cat([ForegroundImages, BackgroundImages])).chunk(2);
        (_foregroundFeatures, _backgroundFeatures) = (Own(both[0]), Own(both[1]));
    }

    private Tensor Encode(Tensor images) => (EncodeImages ?? throw Lacks(nameof(EncodeImages)))(images);

    private Similarity Compare(ref Similarity? similarity, Func<Tensor> features, Func<Tensor> others)
    {
        if (similarity is null)
        {
            using var mode = set_grad_enabled(_gradients);
            similarity = Similarity.Of(features(), others());
            Own(similarity.Raw);
            Own(similarity.Clamped);
        }

        return similarity;
    }

    /// <summary>
    /// Computes what was not read before. Gradients are as they were when the step began: a term that is only watched may be the first to read it.
    /// </summary>
    private Tensor Keep(ref Tensor? kept, bool gradients, Func<Tensor> compute)
    {
        if (kept is null)
        {
            using var mode = set_grad_enabled(gradients);
            using var scope = NewDisposeScope();
            kept = Own(compute());
        }

        return kept;
    }

    private Tensor Own(Tensor tensor) => tensor.MoveToOtherDisposeScope(Scope);

    private static InvalidOperationException Lacks(string name) => new($"This training step has no {name}: what is trained does without.");
}
