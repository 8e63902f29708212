using SemPLeS.Weights;

namespace SemPLeS.Clip;

/// <summary>
/// The names that CLIP's weights have elsewhere. This library's are OpenAI's, and OpenCLIP's too where it does not keep the texts' side apart.
/// </summary>
public static class ClipNames
{
    private const string Temperature = "logit_scale";

    /// <summary>transformers' CLIPModel.</summary>
    private static NameTable HuggingFaceTable { get; } = new("Hugging Face", "vision_model.embeddings.class_embedding",
    [
        new("visual.class_embedding", ["vision_model.embeddings.class_embedding"]),
        new("visual.conv1.weight", ["vision_model.embeddings.patch_embedding.weight"]),
        new("visual.positional_embedding", ["vision_model.embeddings.position_embedding.weight"]),
        // The misspelling is theirs.
        .. NameRule.Layer("visual.ln_pre.", "vision_model.pre_layrnorm."),
        .. NameRule.Layer("visual.ln_post.", "vision_model.post_layernorm."),
        new("visual.proj", ["visual_projection.weight"], TensorChange.Transposed),
        .. Blocks("visual.transformer.resblocks.{0}.", "vision_model.encoder.layers.{0}."),
        new("token_embedding.weight", ["text_model.embeddings.token_embedding.weight"]),
        new("positional_embedding", ["text_model.embeddings.position_embedding.weight"]),
        .. NameRule.Layer("ln_final.", "text_model.final_layer_norm."),
        new("text_projection", ["text_projection.weight"], TensorChange.Transposed),
        .. Blocks("transformer.resblocks.{0}.", "text_model.encoder.layers.{0}."),
        LogitScale,
    ]);

    /// <summary>OpenCLIP's models that keep the texts' side apart.</summary>
    private static NameTable OpenClipTable { get; } = new("OpenCLIP", "text.token_embedding.weight",
    [
        new("token_embedding.weight", ["text.token_embedding.weight"]),
        new("positional_embedding", ["text.positional_embedding"]),
        .. NameRule.Layer("ln_final.", "text.ln_final."),
        new("text_projection", ["text.text_projection"]),
        .. OwnBlocks("transformer.resblocks.{0}.", "text.transformer.resblocks.{0}."),
        // What is called the same.
        new("visual.class_embedding", ["visual.class_embedding"]),
        new("visual.conv1.weight", ["visual.conv1.weight"]),
        new("visual.positional_embedding", ["visual.positional_embedding"]),
        .. NameRule.Layer("visual.ln_pre.", "visual.ln_pre."),
        .. NameRule.Layer("visual.ln_post.", "visual.ln_post."),
        new("visual.proj", ["visual.proj"]),
        .. OwnBlocks("visual.transformer.resblocks.{0}.", "visual.transformer.resblocks.{0}."),
        LogitScale,
    ]);

    // A list of one number to some.
    private static NameRule LogitScale => new(Temperature, [Temperature], TensorChange.Scalar);

    // What the shapes tell too, and masks and counters that are no weights.
    private static readonly string[] Ignored = ["input_resolution", "context_length", "vocab_size", "attn_mask", "position_ids"];

    /// <summary>A file of OpenAI's, Hugging Face's or OpenCLIP's seen under OpenAI's names, without what is no weight. Nothing is copied before it is read.</summary>
    /// <param name="file">The file, which stays its opener's.</param>
    /// <exception cref="InvalidDataException">Tensors that are to be joined have no shapes for that; the message names file and tensors.</exception>
    public static WeightsFile ToOpenAi(WeightsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return View(file, "");
    }

    /// <summary>The same under Hugging Face's names.</summary>
    /// <param name="file">The file, which stays its opener's.</param>
    /// <exception cref="InvalidDataException">Tensors that are to be joined or cut have no shapes for that; the message names file and tensors.</exception>
    public static WeightsFile ToHuggingFace(WeightsFile file) => To(HuggingFaceTable, file);

    /// <summary>The same under the names of OpenCLIP's models that keep the texts' side apart.</summary>
    /// <param name="file">The file, which stays its opener's.</param>
    /// <exception cref="InvalidDataException">Tensors that are to be joined or cut have no shapes for that; the message names file and tensors.</exception>
    public static WeightsFile ToOpenClip(WeightsFile file) => To(OpenClipTable, file);

    /// <summary>A file seen under OpenAI's names; where a prefix stands before CLIP's names, they are OpenAI's already.</summary>
    internal static WeightsFile View(WeightsFile file, string prefix)
    {
        var own = new NameTable("OpenAI", prefix + Temperature, [new(prefix + Temperature, [prefix + Temperature], TensorChange.Scalar)]);
        return prefix.Length == 0
            ? RenamedWeights.ToOurs(RenamedWeights.Unwrapped(file), [HuggingFaceTable, OpenClipTable, own], IsIgnored)
            : RenamedWeights.ToOurs(file, [own], IsIgnored);
    }

    private static bool IsIgnored(string name) => Ignored.Contains(name[(name.LastIndexOf('.') + 1)..]);

    private static RenamedWeights To(NameTable table, WeightsFile file)
    {
        var ours = ToOpenAi(file);
        return new(ours, table.Theirs(ours));
    }

    private static IEnumerable<NameRule> Blocks(string ours, string theirs) =>
    [
        .. NameRule.Layer(ours + "ln_1.", theirs + "layer_norm1."),
        .. NameRule.Layer(ours + "attn.in_proj_", [.. "qkv".Select(part => $"{theirs}self_attn.{part}_proj.")]),
        .. NameRule.Layer(ours + "attn.out_proj.", theirs + "self_attn.out_proj."),
        .. NameRule.Layer(ours + "ln_2.", theirs + "layer_norm2."),
        .. NameRule.Layer(ours + "mlp.c_fc.", theirs + "mlp.fc1."),
        .. NameRule.Layer(ours + "mlp.c_proj.", theirs + "mlp.fc2."),
    ];

    private static IEnumerable<NameRule> OwnBlocks(string ours, string theirs) =>
        new[] { "ln_1.", "attn.in_proj_", "attn.out_proj.", "ln_2.", "mlp.c_fc.", "mlp.c_proj." }.SelectMany(layer => NameRule.Layer(ours + layer, theirs + layer));
}
