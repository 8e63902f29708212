using SemPLeS.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>
/// CLIP (Radford et al., 2021): an image encoder E_I and a text encoder E_T with one space of features. Parameters bear the names of OpenAI's state
/// dicts. Features are not normalised; gradients flow to images and embedded texts also when the weights are frozen.
/// </summary>
public sealed class ClipModel : nn.Module
{
    private const string VisionPositions = "visual.positional_embedding";

    // RegisterComponents registers fields under their own names: these are the checkpoint's.
    private readonly ClipImageEncoder visual;
    private readonly ClipTransformer transformer;
    private readonly Embedding token_embedding;
    private readonly Parameter positional_embedding;
    private readonly LayerNorm ln_final;
    private readonly Parameter text_projection;
    private readonly Parameter logit_scale;

    /// <summary>Builds the network; its values are the caller's to set (<see cref="ClipStart"/>, <see cref="Load(string, ClipSettings?, bool)"/>).</summary>
    internal ClipModel(ClipSettings settings)
        : base(nameof(ClipModel))
    {
        settings.Validate();
        Settings = settings;
        visual = new ClipImageEncoder(settings);
        transformer = new ClipTransformer(
            settings.TextWidth, settings.TextLayers, settings.TextHeads, settings.Activation, settings.LayerNormEpsilon);
        token_embedding = nn.Embedding(settings.VocabularySize, settings.TextWidth);
        positional_embedding = new Parameter(zeros([settings.ContextLength, settings.TextWidth]));
        ln_final = nn.LayerNorm([settings.TextWidth], settings.LayerNormEpsilon);
        text_projection = new Parameter(zeros([settings.TextWidth, settings.EmbeddingSize]));
        logit_scale = new Parameter(zeros([]));
        RegisterComponents();
        // A caller's scope frees what was made inside it; a module owns its parameters until it is disposed.
        foreach (var parameter in parameters())
            parameter.DetachFromDisposeScope();
    }

    /// <summary>The network's shape and constants.</summary>
    public ClipSettings Settings { get; }

    /// <summary>
    /// The type in which it computes: that of its weights, float32 unless the module is cast (<c>clip.to(ScalarType.BFloat16)</c>). What goes in and what comes out is
    /// float32 in any case.
    /// </summary>
    public ScalarType Precision => positional_embedding.dtype;

    /// <summary>The logarithm of the factor by which cosines are multiplied in CLIP's own training; a scalar.</summary>
    public Tensor LogitScale => logit_scale;

    /// <summary>Rows, and columns, of the patches whose position embeddings were resized when the weights were loaded; null where they were not.</summary>
    public int? PositionsResizedFrom { get; private init; }

    /// <summary>Loads a CLIP, frozen and in evaluation mode.</summary>
    /// <param name="path">
    /// A weights file of any format that <see cref="WeightsFile.Open"/> reads, of any floating-point type, under the names of OpenAI, Hugging Face or OpenCLIP.
    /// </param>
    /// <param name="settings">Null: as <see cref="ClipSettings.Read"/> finds them in the file.</param>
    /// <param name="resizePositions">
    /// Whether the patches' position embeddings are resized bicubically where the settings' image size is not the file's; <see cref="PositionsResizedFrom"/> tells it.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged or does not hold a CLIP with a vision transformer; the message names file, tensors and shapes.
    /// </exception>
    public static ClipModel Load(string path, ClipSettings? settings = null, bool resizePositions = false)
    {
        using var file = WeightsFile.Open(path);
        return Load(file, settings: settings, resizePositions: resizePositions);
    }

    /// <summary>Loads a CLIP, frozen and in evaluation mode, from an open file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What stands before CLIP's own names, which are OpenAI's then.</param>
    /// <param name="settings">Null: as <see cref="ClipSettings.Read"/> finds them in the file.</param>
    /// <param name="resizePositions">
    /// Whether the patches' position embeddings are resized bicubically where the settings' image size is not the file's; <see cref="PositionsResizedFrom"/> tells it.
    /// </param>
    /// <exception cref="InvalidDataException">Names or shapes are not those of the settings; the message names file, tensors and shapes.</exception>
    public static ClipModel Load(WeightsFile file, string prefix = "", ClipSettings? settings = null, bool resizePositions = false)
    {
        using var scope = NewDisposeScope();
        var named = ClipNames.View(file, prefix);
        var (own, replaced) = PositionResize.ForLoad(
            named, prefix, VisionPositions, resizePositions ? ClipSettings.Read(named, prefix).Grid : null, settings?.Grid);
        var clip = new ClipModel(settings ?? ClipSettings.Read(named, prefix)) { PositionsResizedFrom = own };
        try
        {
            StateDict.Fill(clip, named, prefix, replaced);
        }
        catch
        {
            clip.Dispose();
            throw;
        }

        clip.Freeze();
        return clip;
    }

    /// <summary>Writes weights and settings, atomically.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="dtype">The type in which the weights are stored; null keeps float32.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Save(string path, ScalarType? dtype = null) => StateDict.Save(this, path, Settings.ToMetadata(), dtype);

    /// <summary>No weight takes a gradient any more, and the model is in evaluation mode: as the method uses CLIP.</summary>
    public void Freeze()
    {
        foreach (var parameter in parameters())
            parameter.requires_grad = false;
        eval();
    }

    /// <summary>E_I.</summary>
    /// <param name="images">(B, 3, <see cref="ClipSettings.ImageSize"/>, <see cref="ClipSettings.ImageSize"/>), normalised.</param>
    /// <returns>(B, D), not normalised.</returns>
    /// <exception cref="ArgumentException">The images have another shape.</exception>
    public Tensor EncodeImage(Tensor images)
    {
        using var scope = NewDisposeScope();
        return visual.Encode(images.to(Precision)).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>The features of all patches: every patch token through the last norm and the projection that E_I applies to its class token.</summary>
    /// <param name="images">(B, 3, <see cref="ClipSettings.ImageSize"/>, <see cref="ClipSettings.ImageSize"/>), normalised.</param>
    /// <returns>(B, P, D), row-major, not normalised.</returns>
    /// <exception cref="ArgumentException">The images have another shape.</exception>
    public Tensor EncodePatches(Tensor images)
    {
        using var scope = NewDisposeScope();
        return visual.EncodePatches(images.to(Precision)).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>E_I up to the first norm of its last block, for gradients that end there, in the type of the weights: float32 or float64.</summary>
    /// <param name="images">(B, 3, H, W), normalised, of any size in whole patches: positions are resized bilinearly where their grid is another.</param>
    /// <exception cref="ArgumentException">The images have another shape.</exception>
    /// <exception cref="InvalidOperationException">The model was cast to a lower precision.</exception>
    public ClipTrace TraceImage(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Precision is ScalarType.Float32 or ScalarType.Float64 ? visual.Trace(images) : throw new InvalidOperationException($"A CLIP of {Precision} can't be traced: gradients through its last block need float32 or float64.");
    }

    /// <summary>The rest of E_I behind <see cref="TraceImage"/>, with the mean of the patches' features in place of the class token's.</summary>
    /// <param name="tokens">(B, N, width): <see cref="ClipTrace.Tokens"/>.</param>
    /// <param name="normalised">(B, N, width): <see cref="ClipTrace.Normalised"/>, or what stands in its place.</param>
    /// <returns>(B, D), not normalised, and the last block's attention (B, N, N), a mean over the heads.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or are of another width.</exception>
    public (Tensor Feature, Tensor Attention) FinishTrace(Tensor tokens, Tensor normalised)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(normalised);
        if (tokens.shape is not [_, >= 2, var width] || width != Settings.VisionWidth || !tokens.shape.SequenceEqual(normalised.shape))
            throw new ArgumentException($"Tokens of shapes [{string.Join(", ", tokens.shape)}] and [{string.Join(", ", normalised.shape)}] are not (B, N, {Settings.VisionWidth}) both.", nameof(normalised));
        return visual.Finish(tokens, normalised);
    }

    /// <summary>E_T of tokens. What stands behind the largest token is not computed: no token sees those behind it.</summary>
    /// <param name="tokens">(n, L) int64, L at most <see cref="ClipSettings.ContextLength"/>; a text's feature is read at its largest token, the end.</param>
    /// <returns>(n, D), not normalised.</returns>
    /// <exception cref="ArgumentException">The tokens are not such a tensor, or not of this CLIP's vocabulary.</exception>
    public Tensor EncodeText(Tensor tokens)
    {
        var ends = EndPositions(tokens);
        using var scope = NewDisposeScope();
        var embedded = EmbedTokens(tokens.narrow(1, 0, ends.Max() + 1));
        return (ends.Distinct().Count() == 1 ? EncodeEmbedded(embedded, (int)ends[0]) : EncodeEmbedded(embedded, ends)).MoveToOuterDisposeScope();
    }

    /// <summary>E_T of texts.</summary>
    /// <param name="tokenizer">The tokenizer of this CLIP's vocabulary.</param>
    /// <param name="texts">n texts.</param>
    /// <returns>(n, D), not normalised.</returns>
    /// <exception cref="ArgumentException">The vocabularies differ in size, there is no text, or one, which the message names, is too long.</exception>
    public Tensor EncodeText(ITextTokenizer tokenizer, params IReadOnlyList<string> texts)
    {
        using var scope = NewDisposeScope();
        return EncodeText(tokenizer.Tokens(texts, Settings).to(positional_embedding.device)).MoveToOuterDisposeScope();
    }

    /// <summary>The embedding of tokens, without positions.</summary>
    /// <param name="tokens">(n, L) int64, of this CLIP's vocabulary.</param>
    /// <returns>(n, L, text width).</returns>
    public Tensor EmbedTokens(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return token_embedding.forward(tokens).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>E_T of embedded tokens. What stands behind the end is not computed.</summary>
    /// <param name="embedded">(n, L, text width), without positions; L at most <see cref="ClipSettings.ContextLength"/>.</param>
    /// <param name="endPosition">Where the features are read, 0 to L - 1.</param>
    /// <returns>(n, D), not normalised.</returns>
    /// <exception cref="ArgumentException">The embedded tokens have another width, are too many, or the end is not among them.</exception>
    public Tensor EncodeEmbedded(Tensor embedded, int endPosition)
    {
        RequireEmbedded(embedded);
        if (endPosition < 0 || endPosition >= embedded.shape[1])
            throw new ArgumentOutOfRangeException(nameof(endPosition), endPosition, $"The end is not among {embedded.shape[1]} tokens.");
        using var scope = NewDisposeScope();
        var placed = Place(embedded.narrow(1, 0, endPosition + 1));
        return Project(transformer.Forward(placed, causal: true, only: endPosition).squeeze(1)).MoveToOuterDisposeScope();
    }

    /// <summary>The same with an end for each text.</summary>
    private Tensor EncodeEmbedded(Tensor embedded, long[] ends)
    {
        RequireEmbedded(embedded);
        using var scope = NewDisposeScope();
        var encoded = transformer.Forward(Place(embedded), causal: true, only: null);
        var (rows, columns) = (arange(ends.Length, ScalarType.Int64, encoded.device), tensor(ends).to(encoded.device));
        return Project(encoded.index(rows, columns)).MoveToOuterDisposeScope();
    }

    private Tensor Place(Tensor embedded) => embedded.to(Precision) + positional_embedding.narrow(0, 0, embedded.shape[1]);

    private Tensor Project(Tensor tokens) => ln_final.forward(tokens).matmul(text_projection).to(ScalarType.Float32);

    private long[] EndPositions(Tensor tokens)
    {
        if (tokens.shape is not [>= 1, var length and >= 1] || tokens.dtype != ScalarType.Int64 || length > Settings.ContextLength)
        {
            throw new ArgumentException(
                $"Tokens of shape [{string.Join(", ", tokens.shape)}] and type {tokens.dtype} are not (n, L) {ScalarType.Int64} with L of at most {Settings.ContextLength}.",
                nameof(tokens));
        }

        using var scope = NewDisposeScope();
        var ids = tokens.cpu().contiguous().data<long>().ToArray();
        if (ids.Any(id => id < 0 || id >= Settings.VocabularySize))
            throw new ArgumentException($"Token {ids.First(id => id < 0 || id >= Settings.VocabularySize)} is not one of the {Settings.VocabularySize} of this CLIP.", nameof(tokens));
        return [.. ids.Chunk((int)length).Select(text => (long)Array.IndexOf(text, text.Max()))];
    }

    private void RequireEmbedded(Tensor embedded)
    {
        if (embedded.shape is not [>= 1, var length and >= 1, var width] || length > Settings.ContextLength || width != Settings.TextWidth)
        {
            throw new ArgumentException(
                $"Embedded tokens of shape [{string.Join(", ", embedded.shape)}] are not (n, L, {Settings.TextWidth}) with L of at most {Settings.ContextLength}.",
                nameof(embedded));
        }
    }
}
