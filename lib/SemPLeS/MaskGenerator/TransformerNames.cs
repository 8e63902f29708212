using SemPLeS.Weights;

namespace SemPLeS.MaskGenerator;

/// <summary>The names that vision transformers' weights have elsewhere. This library's are timm's, which DeiT, WeakTr and Segmenter use too.</summary>
public static class TransformerNames
{
    /// <summary>transformers' ViT for classification.</summary>
    private static NameTable ViT { get; } = new("Hugging Face ViT", "vit.embeddings.cls_token", [.. Rows("vit."), .. NameRule.Layer("head.", "classifier.")]);

    /// <summary>transformers' DeiT for classification, with and without distillation.</summary>
    private static NameTable DeiT { get; } = new("Hugging Face DeiT", "deit.embeddings.cls_token",
    [
        .. Rows("deit."),
        new("dist_token", ["deit.embeddings.distillation_token"]),
        .. NameRule.Layer("head.", "cls_classifier."),
        .. NameRule.Layer("head_dist.", "distillation_classifier."),
    ]);

    /// <summary>A file seen under timm's names. Nothing is copied before it is read.</summary>
    /// <param name="file">The file, which stays its opener's.</param>
    /// <exception cref="InvalidDataException">Tensors that are to be joined have no shapes for that; the message names file and tensors.</exception>
    public static WeightsFile ToTimm(WeightsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return View(file, "");
    }

    /// <summary>The same under the names of Hugging Face's ViT, or of its DeiT where there is a distillation token.</summary>
    /// <param name="file">The file, which stays its opener's.</param>
    /// <exception cref="InvalidDataException">Tensors that are to be joined or cut have no shapes for that; the message names file and tensors.</exception>
    public static WeightsFile ToHuggingFace(WeightsFile file)
    {
        var ours = ToTimm(file);
        return new RenamedWeights(ours, (ours.Contains("dist_token") ? DeiT : ViT).Theirs(ours));
    }

    /// <summary>A file seen under timm's names; where a prefix stands before the network's names, they are timm's already.</summary>
    internal static WeightsFile View(WeightsFile file, string prefix) =>
        prefix.Length == 0 ? RenamedWeights.ToOurs(RenamedWeights.Unwrapped(file), [ViT, DeiT], _ => false) : file;

    private static IEnumerable<NameRule> Rows(string theirs) =>
    [
        new("cls_token", [theirs + "embeddings.cls_token"]),
        new("pos_embed", [theirs + "embeddings.position_embeddings"]),
        .. NameRule.Layer("patch_embed.proj.", theirs + "embeddings.patch_embeddings.projection."),
        .. NameRule.Layer("blocks.{0}.norm1.", theirs + "encoder.layer.{0}.layernorm_before."),
        .. NameRule.Layer("blocks.{0}.attn.qkv.", [.. new[] { "query", "key", "value" }.Select(part => $"{theirs}encoder.layer.{{0}}.attention.attention.{part}.")]),
        .. NameRule.Layer("blocks.{0}.attn.proj.", theirs + "encoder.layer.{0}.attention.output.dense."),
        .. NameRule.Layer("blocks.{0}.norm2.", theirs + "encoder.layer.{0}.layernorm_after."),
        .. NameRule.Layer("blocks.{0}.mlp.fc1.", theirs + "encoder.layer.{0}.intermediate.dense."),
        .. NameRule.Layer("blocks.{0}.mlp.fc2.", theirs + "encoder.layer.{0}.output.dense."),
        .. NameRule.Layer("norm.", theirs + "layernorm."),
    ];
}
