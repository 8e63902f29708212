using System.Globalization;
using SemPLeS.Data;
using SemPLeS.PseudoMasks;
using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>Every constant of a preset with where it comes from.</summary>
public static class PaperConstants
{
    private const string Paper = "P";
    private const string Settings = "S";
    private const string WeakTr = "W";
    private const string Clims = "C";
    private const string Mctformer = "M";
    private const string ClipEs = "L";
    private const string Ours = "O";

    /// <summary>What <see cref="PresetConstant.Source"/> means.</summary>
    public static string Legend => "P: the paper; S: the authors' published settings; W: WeakTr; C: CLIMS; M: MCTformer; L: CLIP-ES; O: our choice";

    /// <summary>The constants in the order of the method.</summary>
    /// <param name="preset">The preset.</param>
    public static IReadOnlyList<PresetConstant> Of(PaperPreset preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        return [.. Data(preset), .. Generator(preset), .. Phase1(preset), .. Stages(preset.Stages), .. Masks(preset), .. Retraining(preset.Retraining), .. Rivals(preset)];
    }

    private static IEnumerable<PresetConstant> Data(PaperPreset preset)
    {
        var splits = preset.Splits;
        yield return new("data", "learned from", $"{splits.Training}, {splits.TrainingImages} images", Paper);
        yield return new("data", "seeds and masks scored on", $"{splits.Scored}, {splits.ScoredImages} images", Paper);
        yield return new("data", "validation", $"{splits.Validation}, {splits.ValidationImages} images", Paper);
        yield return new("data", "label text", $"a photo of {preset.Texts[0]}.", Settings);
        yield return new("data", "epoch that is scored", "last", Ours);
    }

    private static IEnumerable<PresetConstant> Generator(PaperPreset preset)
    {
        var generator = preset.Generator;
        yield return new("generator", "network", $"DeiT-S/{generator.PatchSize}: width {generator.Width}, {generator.Depth} blocks of {generator.Heads} heads", WeakTr);
        yield return new("generator", "classes", Text(generator.Classes), WeakTr);
        yield return new("generator", "pooling of heads", generator.Pooling.ToString().ToLowerInvariant(), Settings);
        yield return new("generator", "reduction r", Text(generator.HeadReduction), Settings);
        if (preset.PublishedGenerator != generator)
            yield return new("generator", "pooling, reduction r of WeakTr's checkpoint", $"{preset.PublishedGenerator.Pooling.ToString().ToLowerInvariant()}, {Text(preset.PublishedGenerator.HeadReduction)}", WeakTr);
        yield return new("generator", "reduction of features", Text(generator.FeatureReduction), WeakTr);
        yield return new("generator", "LayerNorm epsilon", Text(generator.LayerNormEpsilon), WeakTr);
        yield return new("generator", "stochastic depth", Text(generator.StochasticDepth), WeakTr);
    }

    private static IEnumerable<PresetConstant> Phase1(PaperPreset preset)
    {
        var settings = preset.Phase1(preset.Splits.TrainingImages, 0);
        var rate = (LearningRateCosineByEpoch)settings.LearningRate;
        yield return new("phase 1", "learning rate x batch/512", $"{Text(preset.Phase1Rate)}, so {Text(rate.Peak)}", WeakTr);
        yield return new("phase 1", "warm-up", $"{rate.WarmUpEpochs} epochs from {Text(rate.WarmUpRate)}", WeakTr);
        yield return new("phase 1", "cosine to", Text(rate.Floor), WeakTr);
        yield return new("phase 1", "batch", Text(preset.Phase1Batch), WeakTr);
        yield return new("phase 1", "epochs", Text(preset.Phase1Epochs), WeakTr);
        yield return new("phase 1", "weight decay", Text(preset.Phase1WeightDecay), WeakTr);
        yield return new("phase 1", "optimiser", Optimizer(settings), WeakTr);
        yield return new("phase 1", "augmentation", Augmentation(settings.Augmentation), WeakTr);
    }

    private static IEnumerable<PresetConstant> Stages(PaperStagePreset stages)
    {
        yield return new("stages", "CLIP", $"ViT-B/32, {stages.ImageSize} pixels", Paper);
        yield return new("stages", "lambda_b, equation (1)", Text(stages.LambdaB), Settings);
        yield return new("stages", "lambda_T, equation (2)", Text(stages.LambdaT), Settings);
        yield return new("stages", "lambda, equation (3)", Text(stages.Lambda), stages.Name == PaperStagePreset.Voc12.Name ? Paper : Settings);
        yield return new("stages a, c", "learning rate x batch/512", Text(stages.GeneratorRate), Settings);
        yield return new("stages a, c", "batch", stages.MatchingBatch == stages.RefinementBatch ? Text(stages.MatchingBatch) : $"{stages.MatchingBatch} (a), {stages.RefinementBatch} (c)", Settings);
        yield return new("stages a, c", "stochastic depth", Text(stages.StochasticDepth), Settings);
        yield return new("stages a, c", "mask epsilon", Text(stages.GeneratorMaskEpsilon), Settings);
        yield return new("stages a, c", "augmentation", Augmentation(stages.Augmentation), Settings);
        yield return new("stage b", "learning rate", Text(stages.PromptRate), Settings);
        yield return new("stage b", "batch", Text(stages.PromptBatch), Settings);
        yield return new("stage b", "mask epsilon", Text(stages.PromptMaskEpsilon), Settings);
        yield return new("stage b", "augmentation", Augmentation(stages.PromptAugmentation), Settings);
        yield return new("stage b", "vectors of a prompt", Text(stages.PromptLength), Paper);
        yield return new("stages", "epochs", Text(stages.Epochs), Settings);
        yield return new("stages", "schedule", "cosine to 0 by epoch, no warm-up", Settings);
        yield return new("stages", "weight decay", Text(stages.WeightDecay), Settings);
        yield return new("stages", "c restarts from", "phase 1", Settings);
    }

    private static IEnumerable<PresetConstant> Masks(PaperPreset preset)
    {
        yield return new("seeds", "CAMs and threshold", preset.Seeds.Description, WeakTr);
        yield return new("masks", "CRF", Crf(preset.LabelCrf), WeakTr);
    }

    private static IEnumerable<PresetConstant> Retraining(PaperRetrainingPreset retraining)
    {
        yield return new("retraining", "learning rate", $"{Text(retraining.Rate)}, polynomial", WeakTr);
        yield return new("retraining", "batch", Text(retraining.Batch), WeakTr);
        yield return new("retraining", "epochs", Text(retraining.Epochs), WeakTr);
        yield return new("retraining", "test", $"windows {retraining.Test.Window}, stride {retraining.Test.Stride}, scales {string.Join(' ', retraining.Test.Scales.Select(scale => Text(scale)))}, mirror image", WeakTr);
        yield return new("retraining", "CRF", Crf(retraining.Crf), WeakTr);
        if (retraining.Hidden.Count > 0)
            yield return new("retraining", "labels never given", string.Join(' ', retraining.Hidden), WeakTr);
    }

    private static IEnumerable<PresetConstant> Rivals(PaperPreset preset)
    {
        var clims = preset.Stages.Clims;
        yield return new("CLIMS", "weights of OTM, BTM, CBS, REG", $"{Text(clims.Foreground)} : {Text(clims.Background)} : {Text(clims.CoOccurrence)} : {Text(clims.Area)}", Clims);
        yield return new("CLIMS", "threshold of background texts", Text(clims.Threshold), Clims);
        yield return new("CLIMS", "CBS as in a batch of", Text(clims.ReferenceBatch), Clims);
        yield return new("CLIMS", "background texts", $"{preset.BackgroundTexts.Count}: {string.Join(", ", preset.BackgroundTexts)}", Clims);
        yield return new("CLIMS", "generator, masks, optimiser", "those of stage a", Ours);
        var phase1 = preset.Phase1(preset.Splits.TrainingImages, 0, GeneratorMethod.Mctformer);
        yield return new("MCTformer", "learning rate", Text(((LearningRateCosineByEpoch)phase1.LearningRate).Peak), Mctformer);
        yield return new("MCTformer", "weight decay", $"{Text(phase1.Optimizer.WeightDecay)}, {Optimizer(phase1)}", Mctformer);
        yield return new("MCTformer", "blocks of the class attention", Text(preset.Generator.Under(GeneratorMethod.Mctformer).Uniform!.ClassBlocks), Mctformer);
        yield return new("MCTformer", "CAM scales and threshold", "those of WeakTr", Ours);
        yield return new("CLIP-ES", "first text of a class", preset.ClipEs.ClassTexts[0], ClipEs);
        yield return new("CLIP-ES", "background texts", Text(preset.ClipEs.BackgroundTexts.Count), ClipEs);
        yield return new("CLIP-ES", "blocks of the affinity, rounds of Sinkhorn, box threshold", $"{preset.ClipEs.AffinityBlocks}, {preset.ClipEs.SinkhornRounds}, {Text(preset.ClipEs.BoxThreshold)}", ClipEs);
        yield return new("CLIP-ES", "masks", $"background (1 - max)^{Text(new SoftMasks().BackgroundPower)}, ignored below {Text(new SoftMasks().LeastConfidence)}; CRF {Crf(DenseCrfSettings.ClipEs)}", ClipEs);
        yield return new("CLIP-ES", "CLIP", "the other methods' ViT-B/32, not ViT-B/16", Ours);
    }

    private static string Optimizer(TrainingSettings settings) => settings.Optimizer is AdamWSettings adam
        ? $"AdamW, decay on {(adam.DecayVectors ? "every tensor" : "tensors of 2 dimensions and more")}"
        : settings.Optimizer.GetType().Name;

    private static string Augmentation(Augmentation augmentation) => augmentation switch
    {
        CropAugmentation crop => Crop(crop),
        DeiTAugmentation deit => $"{Crop(deit.Crop)}; {Changes(deit.Changes)}; {Erasing(deit.Erasing)}",
        _ => throw new ArgumentException($"{augmentation.GetType().Name} has no description.", nameof(augmentation)),
    };

    private static string Crop(CropAugmentation crop) => $"{Text(crop.SmallestArea)} to 1 of the area, ratio 1/{Text(Math.Round(crop.LargestRatio, 2))} to {Text(Math.Round(crop.LargestRatio, 2))}, bicubic; mirrored at .5";

    private static string Changes(RandAugment changes) =>
        $"RandAugment, {Text(changes.Operations)} of 15 operations at {Text(changes.Probability)} each, magnitude {Text(changes.Magnitude)}, deviation {Text(changes.Deviation)}, increasing";

    private static string Erasing(RandomErasing erasing) =>
        $"erasing at {Text(erasing.Probability)}, {Text(erasing.SmallestArea)} to {Text(Math.Round(erasing.LargestArea, 2))} of the area, ratio 1/{Text(Math.Round(erasing.LargestRatio, 2))} to {Text(Math.Round(erasing.LargestRatio, 2))}, noise in each pixel";

    private static string Crf(DenseCrfSettings crf) => string.Join(", ", SettingsText.Of(crf).Select(item => $"{item.Key} {item.Value}"));

    private static string Text(IFormattable value) => value.ToString(value is double ? "R" : null, CultureInfo.InvariantCulture);
}
