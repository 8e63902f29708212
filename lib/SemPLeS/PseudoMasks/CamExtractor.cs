using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.PseudoMasks;

/// <summary>
/// Makes CAMs of whole pictures (WeakTr): refined CAMs at several scales, each with its mirror image, enlarged to the picture, summed and normalised by
/// minimum and maximum for each class of the picture. Safe from several threads at once.
/// </summary>
/// <param name="generator">The mask generator, in evaluation mode, on <paramref name="device"/>.</param>
/// <param name="settings">Sizes and scales.</param>
/// <param name="device">Where the generator is.</param>
/// <exception cref="ArgumentException">There is no scale.</exception>
public sealed class CamExtractor(WeakTrGenerator generator, CamSettings settings, Device device) : ICamExtractor
{
    private readonly CamSettings _settings = settings.Scales.Count > 0 ? settings : throw new ArgumentException("CAMs need at least one scale.", nameof(settings));

    /// <inheritdoc/>
    public string WeightsFingerprint => Fingerprint.Of(generator);

    /// <inheritdoc/>
    public ClassActivationMaps Extract(RgbImage image, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(labels);
        foreach (var label in labels)
        {
            if (label < 0 || label >= generator.Settings.Classes)
                throw new ArgumentException($"The generator has {generator.Settings.Classes} classes and none with index {label}.", nameof(labels));
        }

        if (labels.Count == 0)
            return new ClassActivationMaps(image.Width, image.Height, labels, []);

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var chosen = tensor(labels.Select(label => (long)label).ToArray()).to(device);
        Tensor? sum = null;
        foreach (var scale in _settings.Scales)
        {
            var refined = generator.Forward(Input(image, scale), GeneratorForm.Stage).RefinedCam;
            var cam = refined.narrow(0, 0, 1);
            if (_settings.Mirror)
                cam = cam + refined.narrow(0, 1, 1).flip(3);
            var enlarged = nn.functional.interpolate(
                cam.index_select(1, chosen), [image.Height, image.Width], mode: InterpolationMode.Bilinear, align_corners: _settings.AlignCorners);
            sum = sum is null ? enlarged : sum + enlarged;
        }

        var least = sum!.amin([2, 3], keepdim: true);
        var range = sum.amax([2, 3], keepdim: true) - least + _settings.Epsilon;
        return new ClassActivationMaps(image.Width, image.Height, labels, ((sum - least) / range).cpu().data<float>().ToArray());
    }

    /// <summary>The picture at one scale, and its mirror image: (1 or 2, 3, height, width).</summary>
    private Tensor Input(RgbImage image, double scale)
    {
        var (width, height) = _settings.Input.At(image.Width, image.Height, scale);
        var patch = generator.Settings.PatchSize;
        if (width < patch || height < patch)
            throw new ArgumentException($"A picture of {image.Width}x{image.Height} pixels, seen at {width}x{height}, is smaller than a patch of {patch}x{patch}.", nameof(image));
        var values = new float[3 * width * height];
        generator.Settings.Statistics.Normalise(Resampler.Resize(image, width, height, ResampleFilter.Bicubic), values);
        var input = tensor(values, [1, 3, height, width]).to(device);
        return _settings.Mirror ? cat([input, input.flip(3)]) : input;
    }
}
