using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Segmentation;

/// <summary>
/// Segmenter (Strudel et al., 2021), a vision transformer that labels every pixel: the network of WeakTr's online retraining. Its parameters bear the names
/// of the published checkpoints.
/// </summary>
public sealed class Segmenter : nn.Module
{
    // RegisterComponents registers fields under their own names: these are the checkpoint's.
    private readonly SegmenterEncoder encoder;
    private readonly MaskTransformer decoder;

    /// <summary>Builds the network; its values are the caller's to set (<see cref="SegmenterStart"/>, <see cref="Load(string, SegmenterSettings?, bool)"/>).</summary>
    internal Segmenter(SegmenterSettings settings)
        : base(nameof(Segmenter))
    {
        settings.Validate();
        Settings = settings;
        encoder = new SegmenterEncoder(settings);
        decoder = new MaskTransformer(settings);
        RegisterComponents();
        // A caller's scope frees what was made inside it; a module owns its parameters until it is disposed.
        foreach (var parameter in parameters())
            parameter.DetachFromDisposeScope();
    }

    /// <summary>The network's shape and constants.</summary>
    public SegmenterSettings Settings { get; }

    /// <summary>Rows, and columns, of the patches whose position embeddings were resized when the weights were loaded; null where they were not.</summary>
    public int? PositionsResizedFrom { get; private init; }

    /// <summary>Loads a Segmenter, in evaluation mode.</summary>
    /// <param name="path">A weights file of any format that <see cref="WeightsFile.Open"/> reads, of any floating-point type.</param>
    /// <param name="settings">Null: as <see cref="SegmenterSettings.Read"/> finds them in the file.</param>
    /// <param name="resizePositions">
    /// Whether the patches' position embeddings are resized bicubically where the settings' image size is not the file's; <see cref="PositionsResizedFrom"/> tells it.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, or its names or shapes are not those of the settings; the message names file, tensors and shapes.
    /// </exception>
    public static Segmenter Load(string path, SegmenterSettings? settings = null, bool resizePositions = false)
    {
        using var file = WeightsFile.Open(path);
        return Load(file, settings, resizePositions: resizePositions);
    }

    /// <summary>Loads a Segmenter, in evaluation mode, from an open file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="settings">Null: as <see cref="SegmenterSettings.Read"/> finds them in the file.</param>
    /// <param name="prefix">What stands before the Segmenter's own names.</param>
    /// <param name="resizePositions">
    /// Whether the patches' position embeddings are resized bicubically where the settings' image size is not the file's; <see cref="PositionsResizedFrom"/> tells it.
    /// </param>
    /// <exception cref="InvalidDataException">Names or shapes are not those of the settings; the message names file, tensors and shapes.</exception>
    public static Segmenter Load(WeightsFile file, SegmenterSettings? settings = null, string prefix = "", bool resizePositions = false)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var scope = NewDisposeScope();
        var named = TransformerNames.View(file, prefix);
        var (own, replaced) = PositionResize.ForLoad(named, prefix, "encoder.pos_embed", resizePositions ? SegmenterSettings.Read(named, prefix).Grid : null, settings?.Grid);
        var segmenter = new Segmenter(settings ?? SegmenterSettings.Read(named, prefix)) { PositionsResizedFrom = own };
        try
        {
            StateDict.Fill(segmenter, named, prefix, replaced);
        }
        catch
        {
            segmenter.Dispose();
            throw;
        }

        segmenter.eval();
        return segmenter;
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

    /// <summary>The parameters that learn: all but the encoder's unused heads.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> LearnedParameters() =>
        named_parameters().Where(named => !named.Item1.StartsWith("encoder.head", StringComparison.Ordinal));

    /// <summary>Labels every pixel.</summary>
    /// <param name="images">(B, 3, H, W), normalised; sides that are not multiples of the patch are filled up with zeros at right and bottom.</param>
    /// <param name="random">Draws stochastic depth and dropout; required in training mode when one of them is above 0, else not used.</param>
    /// <returns>Logits (B, N, H, W) of the caller's scope.</returns>
    /// <exception cref="ArgumentException">The images have another shape, or <paramref name="random"/> is needed and null.</exception>
    public Tensor Forward(Tensor images, RandomStream? random = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.shape is not [>= 1, 3, >= 1, >= 1])
            throw new ArgumentException($"Images of shape [{string.Join(", ", images.shape)}] are not (B, 3, H, W).", nameof(images));
        if (!training || (Settings.StochasticDepth == 0 && Settings.Dropout == 0))
            random = null;
        else if (random is null)
            throw new ArgumentException($"Training with a stochastic depth of {Settings.StochasticDepth} and a dropout of {Settings.Dropout} needs a random stream.", nameof(random));

        using var scope = NewDisposeScope();
        var (batch, height, width) = (images.shape[0], images.shape[2], images.shape[3]);
        var padded = Pad(Pad(images, 2), 3);
        var (rows, columns) = (padded.shape[2] / Settings.PatchSize, padded.shape[3] / Settings.PatchSize);
        var scores = decoder.Forward(encoder.Forward(padded, random), random).transpose(1, 2).reshape(batch, Settings.Labels, rows, columns);
        var enlarged = nn.functional.interpolate(scores, [padded.shape[2], padded.shape[3]], mode: InterpolationMode.Bilinear, align_corners: false);
        return enlarged.narrow(2, 0, height).narrow(3, 0, width).MoveToOuterDisposeScope();
    }

    /// <summary>Fills a dimension up to a multiple of the patch.</summary>
    private Tensor Pad(Tensor images, int dimension)
    {
        var patch = Settings.PatchSize;
        var missing = (patch - images.shape[dimension] % patch) % patch;
        if (missing == 0)
            return images;
        var shape = images.shape.ToArray();
        shape[dimension] = missing;
        return cat([images, zeros(shape, images.dtype, images.device)], dimension);
    }
}
