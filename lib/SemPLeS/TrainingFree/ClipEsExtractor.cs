using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.PseudoMasks;
using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.TrainingFree;

/// <summary>
/// CAMs without any training (CLIP-ES; Lin et al., CVPR 2023): Grad-CAM of a frozen CLIP, spread by the affinity of its own attention from the boxes where it is high.
/// One scale, no mirror image. Safe from several threads at once.
/// </summary>
public sealed class ClipEsExtractor : ICamExtractor, IDisposable
{
    private readonly ClipModel _clip;
    private readonly ClipEsSettings _settings;
    private readonly Device _device;
    private readonly Tensor _texts;

    /// <summary>Encodes the texts.</summary>
    /// <param name="clip">CLIP, on <paramref name="device"/>; it is frozen, and remains the caller's.</param>
    /// <param name="tokenizer">The tokenizer of its vocabulary.</param>
    /// <param name="settings">Texts and constants.</param>
    /// <param name="device">Where CLIP is.</param>
    /// <exception cref="ArgumentException">A text does not fit the CLIP, or its image encoder has fewer blocks than are to count.</exception>
    public ClipEsExtractor(ClipModel clip, ITextTokenizer tokenizer, ClipEsSettings settings, Device device)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.AffinityBlocks < 1 || settings.AffinityBlocks > clip.Settings.VisionLayers)
            throw new ArgumentException($"{settings.AffinityBlocks} blocks can't count of {clip.Settings.VisionLayers}.", nameof(settings));
        (_clip, _settings, _device) = (clip, settings, device);
        clip.Freeze();
        using var noGradient = no_grad();
        _texts = clip.EncodeText(tokenizer, [.. settings.ClassTexts, .. settings.BackgroundTexts]).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public string WeightsFingerprint => Fingerprint.Of(_clip) + "-" + Fingerprint.Of(_texts);

    /// <inheritdoc/>
    public ClassActivationMaps Extract(RgbImage image, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(labels);
        foreach (var label in labels)
        {
            if (label < 0 || label >= _settings.ClassTexts.Count)
                throw new ArgumentException($"There are texts of {_settings.ClassTexts.Count} classes and none with index {label}.", nameof(labels));
        }

        if (labels.Count == 0)
            return new ClassActivationMaps(image.Width, image.Height, labels, []);

        using var scope = NewDisposeScope();
        long[] rows = [.. labels.Select(label => (long)label), .. Enumerable.Range(_settings.ClassTexts.Count, _settings.BackgroundTexts.Count).Select(row => (long)row)];
        var cams = SoftmaxGradCam.Of(_clip, Input(image), _texts.index_select(0, tensor(rows).to(_device)), labels.Count);
        using var noGradient = no_grad();
        var refined = Refine(cams);
        var enlarged = nn.functional.interpolate(refined.unsqueeze(0), [image.Height, image.Width], mode: InterpolationMode.Bilinear, align_corners: false);
        return new ClassActivationMaps(image.Width, image.Height, labels, enlarged.contiguous().cpu().data<float>().ToArray());
    }

    /// <summary>Frees the texts' features; CLIP remains.</summary>
    public void Dispose() => _texts.Dispose();

    /// <summary>Values flow from the patches in a class's boxes to all patches that are like them.</summary>
    private Tensor Refine(SoftmaxGradCam cams)
    {
        var shape = cams.Maps.shape;
        var (rows, columns) = ((int)shape[1], (int)shape[2]);
        var affinity = AttentionAffinity.Of(cams.Attention, _settings.AffinityBlocks, _settings.SinkhornRounds);
        var values = cams.Maps.contiguous().cpu().data<float>().ToArray();
        float[] boxes = [.. values.Chunk(rows * columns).SelectMany(cam => CamBoxes.Mask(cam, rows, columns, _settings.BoxThreshold))];
        var started = cams.Maps.flatten(1) * tensor(boxes, [shape[0], (long)rows * columns]).to(_device);
        return SoftmaxGradCam.MinMax(started.matmul(affinity.t())).view(shape);
    }

    /// <summary>The whole picture, its sides rounded up to whole patches.</summary>
    private Tensor Input(RgbImage image)
    {
        var (width, height) = (Whole(image.Width), Whole(image.Height));
        var values = new float[3 * width * height];
        _clip.Settings.Statistics.Normalise(Resampler.Resize(image, width, height, ResampleFilter.Bicubic), values);
        return tensor(values, [1, 3, height, width]).to(_device);

        int Whole(int side) => (side + _clip.Settings.PatchSize - 1) / _clip.Settings.PatchSize * _clip.Settings.PatchSize;
    }
}
