using SemPLeS.Clip;
using SemPLeS.MaskGenerator;
using SemPLeS.Segmentation;
using SemPLeS.Weights;

namespace SemPLeS.Cli.Display;

/// <summary>What network a weights file holds, in a sentence.</summary>
internal static class ModelDescription
{
    /// <summary>"CLIP: images of 224x224 pixels, patches of 32 ...".</summary>
    public static string Of(WeightsFile file)
    {
        try
        {
            return Clip(ClipNames.ToOpenAi(file)) ?? Transformer(TransformerNames.ToTimm(file)) ?? "It is no network that this library knows.";
        }
        catch (InvalidDataException exception)
        {
            return $"It looks like a network that this library knows, but can't be loaded: {exception.Message}";
        }
    }

    /// <summary>Loads it.</summary>
    /// <exception cref="InvalidDataException">It is no network of this library, or can't be loaded.</exception>
    public static TorchSharp.torch.nn.Module Load(WeightsFile file)
    {
        if (ClipNames.ToOpenAi(file).Contains("visual.conv1.weight"))
            return ClipModel.Load(file);
        return TransformerNames.ToTimm(file).Contains("decoder.cls_emb") ? Segmenter.Load(file) : WeakTrGenerator.Load(file);
    }

    private static string? Clip(WeightsFile file)
    {
        if (!file.Contains("visual.conv1.weight") || !file.Contains("token_embedding.weight"))
            return null;
        var clip = ClipSettings.Read(file);
        return $"CLIP with a vision transformer: images of {clip.ImageSize}x{clip.ImageSize} pixels, patches of {clip.PatchSize}, {clip.VisionLayers} blocks of {clip.VisionWidth} channels and {clip.VisionHeads} heads; "
            + $"texts of {clip.ContextLength} of {clip.VocabularySize} tokens, {clip.TextLayers} blocks of {clip.TextWidth} channels and {clip.TextHeads} heads; features of {clip.EmbeddingSize}.";
    }

    private static string? Transformer(WeightsFile file)
    {
        if (GeneratorSettings.IsIn(file))
        {
            var generator = GeneratorSettings.Read(file);
            return $"{(generator.Uniform is null ? "WeakTr's" : "MCTformer's")} mask generator: {generator.Classes} classes, {Network(generator.ImageSize, generator.PatchSize, generator.Depth, generator.Width, generator.Heads)}.";
        }

        if (file.Contains("decoder.cls_emb"))
        {
            var segmenter = SegmenterSettings.Read(file);
            return $"Segmenter: {segmenter.Labels} labels, {Network(segmenter.ImageSize, segmenter.PatchSize, segmenter.Depth, segmenter.Width, segmenter.Heads)}, {segmenter.DecoderDepth} blocks of the mask transformer.";
        }

        if (!file.Contains("cls_token") || !file.Contains("patch_embed.proj.weight") || file.Entry("patch_embed.proj.weight").Shape is not [var width, _, var patch, _])
            return null;
        var depth = Enumerable.Range(0, file.Names.Count).TakeWhile(block => file.Contains($"blocks.{block}.attn.qkv.weight")).Count();
        return $"A vision transformer{(file.Contains("dist_token") ? " with a distillation token (DeiT)" : "")}: patches of {patch}, {depth} blocks of {width} channels; a generator or a Segmenter can start from it.";
    }

    private static string Network(int image, int patch, int depth, int width, int heads) =>
        $"images of {image}x{image} pixels, patches of {patch}, {depth} blocks of {width} channels and {heads} heads";
}
