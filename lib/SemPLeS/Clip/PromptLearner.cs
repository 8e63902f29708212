using SemPLeS.Data;
using SemPLeS.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>
/// The learnable prompts p_k (SemPLeS, section 3.3): for each class a sequence of vectors in the place of embedded words, which comes to describe the
/// class's background.
/// </summary>
public sealed class PromptLearner : nn.Module
{
    private readonly Parameter prompts;

    /// <summary>Starts from given prompts, which are copied.</summary>
    /// <param name="values">(K, length, text width), K and length at least 1.</param>
    /// <param name="template">The tokens around them.</param>
    /// <exception cref="ArgumentException">The prompts have another shape.</exception>
    public PromptLearner(Tensor values, PromptTemplate template)
        : base(nameof(PromptLearner))
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(template);
        if (values.shape is not [>= 1, >= 1, >= 1])
            throw new ArgumentException($"Prompts of shape [{string.Join(", ", values.shape)}] are not (K, length, text width).", nameof(values));
        Template = template;
        prompts = new Parameter(values.detach().to(ScalarType.Float32, copy: true));
        RegisterComponents();
        prompts.DetachFromDisposeScope();
    }

    /// <summary>The tokens around the prompts.</summary>
    public PromptTemplate Template { get; }

    /// <summary>(K, length, text width).</summary>
    public Parameter Prompts => prompts;

    /// <summary>K.</summary>
    public int Classes => (int)prompts.shape[0];

    /// <summary>Vectors of a prompt.</summary>
    public int Length => (int)prompts.shape[1];

    /// <summary>Channels of a vector: the text width of the CLIP that the prompts are for.</summary>
    public int Width => (int)prompts.shape[2];

    /// <summary>Random prompts, uniform in [0, 1), as in the authors' release.</summary>
    /// <param name="clip">The CLIP that they are for.</param>
    /// <param name="classes">K, at least 1.</param>
    /// <param name="length">Vectors of a prompt, at least 1; 30 in the paper.</param>
    /// <param name="template">The tokens around them.</param>
    /// <param name="random">Draws the values.</param>
    /// <exception cref="ArgumentException">
    /// There is no class, the text doesn't fit the context, or the template is of another vocabulary.
    /// </exception>
    public static PromptLearner Start(ClipSettings clip, int classes, int length, PromptTemplate template, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        RequireContext(clip, template, length);
        var drawn = new float[classes * length * clip.TextWidth];
        random.FillUniform(drawn);
        using var values = tensor(drawn, [classes, length, clip.TextWidth]);
        return new PromptLearner(values, template);
    }

    /// <summary>Loads prompts that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="template">The tokens around them.</param>
    /// <exception cref="InvalidDataException">
    /// The file holds no prompts, or they were learned in another template; the message names the file and both templates.
    /// </exception>
    public static PromptLearner Load(string path, PromptTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.TryGetValue(nameof(Template), out var written) && written != template.ToString())
            throw new InvalidDataException($"{path}: the prompts were learned in the template '{written}', not in '{template}'.");
        using var scope = NewDisposeScope();
        var values = file.ReadFloat(nameof(prompts));
        return values.ndim == 3
            ? new PromptLearner(values, template)
            : throw new InvalidDataException($"{path}, tensor '{nameof(prompts)}': [{string.Join(", ", values.shape)}] is not (K, length, text width).");
    }

    /// <summary>Writes prompts and template, atomically.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="dtype">The type in which the prompts are stored; null keeps float32.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Save(string path, ScalarType? dtype = null) =>
        StateDict.Save(this, path, new Dictionary<string, string> { [nameof(Template)] = Template.ToString() }, dtype);

    /// <summary>Checks that the prompts suit a CLIP and a data set, before anything is computed.</summary>
    /// <param name="clip">The CLIP.</param>
    /// <param name="classes">K of the data set.</param>
    /// <exception cref="ArgumentException">
    /// The prompts are of another width, for another number of classes, too long for the context, or their template is of another vocabulary.
    /// </exception>
    public void RequireFit(ClipSettings clip, int classes)
    {
        ArgumentNullException.ThrowIfNull(clip);
        RequireFit(clip);
        if (Classes != classes)
            throw new ArgumentException($"There are prompts for {Classes} classes, not for {classes}.", nameof(classes));
    }

    /// <summary>u_b: the text features of all prompts.</summary>
    /// <param name="clip">The text encoder, on the prompts' device.</param>
    /// <returns>(K, D), not normalised, with gradients to the prompts.</returns>
    /// <exception cref="ArgumentException">The prompts do not suit the CLIP: see <see cref="RequireFit(ClipSettings, int)"/>.</exception>
    public Tensor Encode(ClipModel clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        RequireFit(clip.Settings);
        using var scope = NewDisposeScope();
        var embedded = cat([Embed(clip, Template.Opening), prompts, Embed(clip, Template.Closing)], 1);
        return clip.EncodeEmbedded(embedded, (int)embedded.shape[1] - 1).MoveToOuterDisposeScope();
    }

    /// <summary>Checks that a prompt's text is no longer than the context, and that the template is of the CLIP's vocabulary.</summary>
    /// <exception cref="ArgumentException">It is, or it is not.</exception>
    internal static void RequireContext(ClipSettings clip, PromptTemplate template, int length)
    {
        if (template.TokensWith(length) > clip.ContextLength)
        {
            throw new ArgumentException(
                $"A prompt of {length} vectors makes a text of {template.TokensWith(length)} tokens, more than the context of {clip.ContextLength}.", nameof(length));
        }

        if (template.Opening.Concat(template.Closing).Max() is var largest && largest >= clip.VocabularySize)
            throw new ArgumentException($"Token {largest} of the template is not one of the {clip.VocabularySize} of this CLIP.", nameof(template));
    }

    private void RequireFit(ClipSettings clip)
    {
        if (Width != clip.TextWidth)
            throw new ArgumentException($"The prompts have vectors of {Width} channels, the CLIP's texts of {clip.TextWidth}.", nameof(clip));
        RequireContext(clip, Template, Length);
    }

    private Tensor Embed(ClipModel clip, IReadOnlyList<int> tokens)
    {
        using var scope = NewDisposeScope();
        var ids = tensor([.. tokens.Select(token => (long)token)], [1, tokens.Count]).to(prompts.device);
        return clip.EmbedTokens(ids).expand(Classes, -1, -1).MoveToOuterDisposeScope();
    }
}
