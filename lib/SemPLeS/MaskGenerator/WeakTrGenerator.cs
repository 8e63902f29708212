using SemPLeS.Data;
using SemPLeS.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>
/// The mask generator S: WeakTr's vision transformer (Zhu et al., 2023) with one class token per class, a convolutional head on the patch tokens, and
/// a refined CAM made by adaptive attention fusion; with <see cref="GeneratorSettings.Uniform"/> it is MCTformer-V2's. Its parameters bear the names of WeakTr's
/// checkpoints; the final <c>norm</c> is in them and is not used.
/// </summary>
public sealed class WeakTrGenerator : nn.Module
{
    // RegisterComponents registers fields under their own names: these are the checkpoint's.
    private readonly PatchEmbedding patch_embed;
    private readonly Parameter cls_token;
    private readonly Parameter pos_embed;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Conv2d head;
    private readonly AdaptiveAttentionFusion? adaptive_attention_fusion;

    /// <summary>
    /// Builds the network; its values are the caller's to set (<see cref="GeneratorStart"/>, <see cref="Load(string, GeneratorSettings?, bool)"/>).
    /// </summary>
    internal WeakTrGenerator(GeneratorSettings settings)
        : base(nameof(WeakTrGenerator))
    {
        settings.Validate();
        Settings = settings;
        var (width, depth) = (settings.Width, settings.Depth);
        patch_embed = new PatchEmbedding(width, settings.PatchSize);
        cls_token = new Parameter(zeros([1, settings.Classes, width]));
        pos_embed = new Parameter(zeros([1, settings.Classes + (long)settings.Grid * settings.Grid, width]));
        blocks = nn.ModuleList(Enumerable.Range(0, depth)
            .Select(block => new TransformerBlock(
                width, settings.Heads, settings.HiddenWidth, settings.LayerNormEpsilon, settings.StochasticDepth * block / Math.Max(depth - 1, 1)))
            .ToArray());
        norm = nn.LayerNorm([width], settings.LayerNormEpsilon);
        head = nn.Conv2d(width, settings.Classes, 3, padding: 1);
        adaptive_attention_fusion = settings.Uniform is null ? new AdaptiveAttentionFusion(settings) : null;
        RegisterComponents();
        // A caller's scope frees what was made inside it; a module owns its parameters until it is disposed.
        foreach (var parameter in parameters())
            parameter.DetachFromDisposeScope();
    }

    /// <summary>The network's shape and constants.</summary>
    public GeneratorSettings Settings { get; }

    /// <summary>Rows, and columns, of the patches whose position embeddings were resized when the weights were loaded; null where they were not.</summary>
    public int? PositionsResizedFrom { get; private init; }

    /// <summary>Loads a generator, in evaluation mode.</summary>
    /// <param name="path">A weights file of any format that <see cref="WeightsFile.Open"/> reads, of any floating-point type.</param>
    /// <param name="settings">Null: as <see cref="GeneratorSettings.Read"/> finds them in the file.</param>
    /// <param name="resizePositions">
    /// Whether the patches' position embeddings are resized bicubically where the settings' image size is not the file's; <see cref="PositionsResizedFrom"/> tells it.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, or its names or shapes are not those of the settings; the message names file, tensors and shapes.
    /// </exception>
    public static WeakTrGenerator Load(string path, GeneratorSettings? settings = null, bool resizePositions = false)
    {
        using var file = WeightsFile.Open(path);
        return Load(file, settings, resizePositions: resizePositions);
    }

    /// <summary>Loads a generator, in evaluation mode, from an open file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="settings">Null: as <see cref="GeneratorSettings.Read"/> finds them in the file.</param>
    /// <param name="prefix">What stands before the generator's own names.</param>
    /// <param name="resizePositions">
    /// Whether the patches' position embeddings are resized bicubically where the settings' image size is not the file's; <see cref="PositionsResizedFrom"/> tells it.
    /// </param>
    /// <exception cref="InvalidDataException">Names or shapes are not those of the settings; the message names file, tensors and shapes.</exception>
    public static WeakTrGenerator Load(WeightsFile file, GeneratorSettings? settings = null, string prefix = "", bool resizePositions = false)
    {
        using var scope = NewDisposeScope();
        var named = TransformerNames.View(file, prefix);
        var (own, replaced) = PositionResize.ForLoad(named, prefix, "pos_embed", resizePositions ? GeneratorSettings.Read(named, prefix).Grid : null, settings?.Grid);
        var generator = new WeakTrGenerator(settings ?? GeneratorSettings.Read(named, prefix)) { PositionsResizedFrom = own };
        try
        {
            StateDict.Fill(generator, named, prefix, replaced);
        }
        catch
        {
            generator.Dispose();
            throw;
        }

        generator.eval();
        return generator;
    }

    /// <summary>Writes weights and settings, atomically.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="metadata">Further texts for the file's metadata; null for none.</param>
    /// <param name="dtype">The type in which the weights are stored; null keeps float32.</param>
    /// <exception cref="ArgumentException">A further text bears a name that the settings use.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null, ScalarType? dtype = null)
    {
        var all = (metadata ?? new Dictionary<string, string>()).Concat(Settings.ToMetadata());
        StateDict.Save(this, path, new Dictionary<string, string>(all), dtype);
    }

    /// <summary>The parameters that learn: all but the unused norm in phase 1, the head and a fusion that learns in the stages.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> LearnedParameters(GeneratorForm form) => named_parameters()
        .Where(named => form == GeneratorForm.Phase1 ? !named.Item1.StartsWith("norm.", StringComparison.Ordinal) : IsHeadOrFusion(named.Item1));

    /// <summary>The type in which the trunk computes, which does not learn in the stages; head and fusion are float32 in any case.</summary>
    public ScalarType TrunkPrecision { get; private set; } = ScalarType.Float32;

    /// <summary>Casts the trunk, for stages in which it does not learn: a lower precision takes less time and memory on a GPU, and forgets the trunk's own weights.</summary>
    /// <param name="precision">Float32, or a lower one: BFloat16.</param>
    public void CastTrunk(ScalarType precision)
    {
        if (precision == TrunkPrecision)
            return;
        patch_embed.to(precision);
        foreach (var block in blocks)
            block.to(precision);
        TrunkPrecision = precision;
    }

    /// <summary>Runs the network.</summary>
    /// <param name="images">(B, 3, H, W), normalised; any H and W of at least one patch, of which whole patches are seen.</param>
    /// <param name="form">Which weights learn.</param>
    /// <param name="random">
    /// Draws the stochastic depth; required in training mode when <see cref="GeneratorSettings.StochasticDepth"/> is above 0, else not used.
    /// </param>
    /// <param name="maps">Whether to return the maps between the coarse and the refined CAM.</param>
    /// <returns>Tensors that belong to the caller's scope.</returns>
    /// <exception cref="ArgumentException">The images have another shape, or <paramref name="random"/> is needed and null.</exception>
    /// <exception cref="InvalidOperationException">The trunk was cast to a lower precision, and is to learn.</exception>
    public GeneratorOutput Forward(Tensor images, GeneratorForm form, RandomStream? random = null, bool maps = false)
    {
        RequireImages(images);
        if (form == GeneratorForm.Phase1 && training && TrunkPrecision != ScalarType.Float32)
            throw new InvalidOperationException($"A trunk of {TrunkPrecision} can't learn, as it does in phase 1.");
        if (!training || Settings.StochasticDepth == 0)
            random = null;
        else if (random is null)
            throw new ArgumentException($"Training with a stochastic depth of {Settings.StochasticDepth} needs a random stream.", nameof(random));

        using var scope = NewDisposeScope();
        var (classTokens, patchTokens, attention, pooled) = Trunk(images, form, random);
        var coarseMap = head.forward(patchTokens);
        var coarseCam = (form == GeneratorForm.Phase1 ? coarseMap.detach() : coarseMap).relu();

        var weights = adaptive_attention_fusion is { } fusion ? fusion.Weigh(pooled) : ones([images.shape[0], Settings.Heads, Settings.Depth], device: images.device);
        var combined = AdaptiveAttentionFusion.Combine(weights, attention);
        var ofClasses = Settings.Uniform is { ClassBlocks: var last } ? AdaptiveAttentionFusion.Combine(weights.narrow(2, Settings.Depth - last, last), [.. attention.TakeLast(last)]) : combined;
        var (classes, patches) = (Settings.Classes, combined.shape[1] - Settings.Classes);
        var attentionCam = ofClasses.narrow(1, 0, classes).narrow(2, classes, patches).reshape(coarseCam.shape);
        var patchAttention = combined.narrow(1, classes, patches).narrow(2, classes, patches);
        var fusedCam = attentionCam * coarseCam;
        var refinedCam = AdaptiveAttentionFusion.Refine(fusedCam, patchAttention);
        return new(
            classTokens.mean([2]).MoveToOuterDisposeScope(),
            coarseMap.MoveToOuterDisposeScope(),
            coarseMap.mean([2, 3]).MoveToOuterDisposeScope(),
            refinedCam.MoveToOuterDisposeScope(),
            refinedCam.mean([2, 3]).MoveToOuterDisposeScope(),
            weights.flatten(1).MoveToOuterDisposeScope(),
            maps
                ? new(
                    coarseCam.MoveToOuterDisposeScope(),
                    attentionCam.MoveToOuterDisposeScope(),
                    fusedCam.MoveToOuterDisposeScope(),
                    patchAttention.MoveToOuterDisposeScope())
                : null);
    }

    /// <summary>Whether a parameter belongs to what learns in the stages.</summary>
    internal static bool IsHeadOrFusion(string name) =>
        name.StartsWith("head.", StringComparison.Ordinal) || name.StartsWith("adaptive_attention_fusion.", StringComparison.Ordinal);

    /// <summary>
    /// Everything under head and fusion: class tokens (B, K, width), patch tokens (B, width, h, w), and each block's attention and pooled feature.
    /// </summary>
    private (Tensor ClassTokens, Tensor PatchTokens, List<Tensor> Attention, List<Tensor> Pooled) Trunk(
        Tensor images, GeneratorForm form, RandomStream? random)
    {
        using var scope = NewDisposeScope();
        using var frozen = form == GeneratorForm.Stage ? no_grad() : null;
        var embedded = patch_embed.Forward(images.to(TrunkPrecision));
        var (batch, width, rows, columns) = (embedded.shape[0], embedded.shape[1], embedded.shape[2], embedded.shape[3]);
        var classes = Settings.Classes;
        var tokens = cat([cls_token.to(TrunkPrecision).expand(batch, -1, -1), embedded.flatten(2).transpose(1, 2)], 1) + Positions((int)rows, (int)columns).to(TrunkPrecision);

        var (attention, pooled) = (new List<Tensor>(), new List<Tensor>());
        foreach (var block in blocks)
        {
            var (next, map, features) = block.Forward(tokens, random);
            attention.Add(map.to(ScalarType.Float32).MoveToOuterDisposeScope());
            if (adaptive_attention_fusion is not null)
                pooled.Add(adaptive_attention_fusion.Pool(features).to(ScalarType.Float32).MoveToOuterDisposeScope());
            map.Dispose();
            features.Dispose();
            tokens.Dispose();
            tokens = next;
        }

        tokens = tokens.to(ScalarType.Float32);
        var patchTokens = tokens.narrow(1, classes, rows * columns).transpose(1, 2).reshape(batch, width, rows, columns);
        return (tokens.narrow(1, 0, classes).MoveToOuterDisposeScope(), patchTokens.MoveToOuterDisposeScope(), attention, pooled);
    }

    /// <summary>(1, K + rows x columns, width).</summary>
    private Tensor Positions(int rows, int columns)
    {
        var grid = Settings.Grid;
        if (rows == grid && columns == grid)
            return pos_embed;
        var patches = PositionResize.Bicubic(pos_embed.narrow(1, Settings.Classes, (long)grid * grid), grid, rows, columns, slack: .1);
        return cat([pos_embed.narrow(1, 0, Settings.Classes), patches], 1);
    }

    private void RequireImages(Tensor images)
    {
        if (images.shape is not [>= 1, 3, var height, var width] || Math.Min(height, width) < Settings.PatchSize)
        {
            throw new ArgumentException(
                $"Images of shape [{string.Join(", ", images.shape)}] are not (B, 3, H, W) with sides of at least {Settings.PatchSize} pixels.",
                nameof(images));
        }
    }
}
