using SemPLeS.Data;
using SemPLeS.Evaluation;
using SemPLeS.MaskGenerator;
using static TorchSharp.torch;

namespace SemPLeS.PseudoMasks;

/// <summary>How a mask generator comes to its CAMs, step by step, on whole pictures at their own size. Safe from several threads at once.</summary>
/// <param name="generator">The mask generator, in evaluation mode, on <paramref name="device"/>.</param>
/// <param name="device">Where the generator is.</param>
public sealed class CamSteps(WeakTrGenerator generator, Device device)
{
    private const double Epsilon = 1e-8;

    /// <summary>The maps, in the order in which they are made; see <see cref="IntermediateMaps"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["coarse CAM", "class attention", "fused CAM", "refined CAM"];

    /// <summary>The maps of one picture, enlarged with the corners of map and picture on each other, normalised by minimum and maximum for each class.</summary>
    /// <param name="image">The picture, at least one patch wide and high.</param>
    /// <param name="labels">Its classes, 0 to K - 1.</param>
    /// <returns>One for each of <see cref="Names"/>.</returns>
    /// <exception cref="ArgumentException">The picture is smaller than a patch, or it has no class.</exception>
    public IReadOnlyList<ClassActivationMaps> Extract(RgbImage image, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count == 0)
            throw new ArgumentException("A picture without a class has no CAM.", nameof(labels));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var output = Run(image);
        var maps = output.Maps!;
        var chosen = tensor(labels.Select(label => (long)label).ToArray()).to(device);
        return
        [
            .. new[] { maps.CoarseCam, maps.AttentionCam, maps.FusedCam, output.RefinedCam }
                .Select(map => new ClassActivationMaps(image.Width, image.Height, labels, Enlarge(map.index_select(1, chosen), image))),
        ];
    }

    /// <summary>Scores the seeds that each of the maps would make.</summary>
    /// <param name="images">Pictures with truth.</param>
    /// <param name="rule">The background thresholds, chosen for each map by itself.</param>
    /// <returns>One result for each of <see cref="Names"/>.</returns>
    public IReadOnlyList<ThresholdResult> Score(ILabelledImages images, ThresholdRule rule)
    {
        ArgumentNullException.ThrowIfNull(images);
        ThresholdSweep[] sweeps = [.. Names.Select(_ => new ThresholdSweep(rule, images.ClassCount + 1))];
        for (var index = 0; index < images.Count; index++)
        {
            foreach (var (sweep, cams) in sweeps.Zip(Extract(images.Image(index), images.Labels(index))))
                sweep.Add(images.Truth(index), cams.ToSeedMap());
        }

        return [.. sweeps.Select(sweep => sweep.Result())];
    }

    /// <summary>What one patch attends to: its row of the patch attention, the weighted mean over all heads of all blocks.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="x">Column of a pixel of the patch.</param>
    /// <param name="y">Row of that pixel.</param>
    /// <returns>height x width values, brought to 0..1 within the picture.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The pixel is in no whole patch.</exception>
    public float[] PatchAttention(RgbImage image, int x, int y)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var maps = Run(image).Maps!;
        var (rows, columns, side) = (maps.CoarseCam.shape[2], maps.CoarseCam.shape[3], generator.Settings.PatchSize);
        if (x < 0 || x >= columns * side)
            throw new ArgumentOutOfRangeException(nameof(x), x, $"The patches have {columns * side} columns of pixels.");
        if (y < 0 || y >= rows * side)
            throw new ArgumentOutOfRangeException(nameof(y), y, $"The patches have {rows * side} rows of pixels.");
        return Enlarge(maps.PatchAttention.narrow(1, y / side * columns + x / side, 1).reshape(1, 1, rows, columns), image);
    }

    /// <summary>The weight that the fusion gives to each attention head.</summary>
    /// <param name="image">The picture.</param>
    /// <returns>heads x blocks values in 0..1.</returns>
    public double[,] HeadWeights(RgbImage image)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var weights = Run(image).HeadWeights.cpu().data<float>().ToArray();
        var table = new double[generator.Settings.Heads, generator.Settings.Depth];
        for (var i = 0; i < weights.Length; i++)
            table[i / table.GetLength(1), i % table.GetLength(1)] = weights[i];
        return table;
    }

    private GeneratorOutput Run(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var values = new float[3 * image.Width * image.Height];
        generator.Settings.Statistics.Normalise(image, values);
        return generator.Forward(tensor(values, [1, 3, image.Height, image.Width]).to(device), GeneratorForm.Stage, maps: true);
    }

    private static float[] Enlarge(Tensor maps, RgbImage image)
    {
        var enlarged = nn.functional.interpolate(maps, [image.Height, image.Width], mode: InterpolationMode.Bilinear, align_corners: true);
        var least = enlarged.amin([2, 3], keepdim: true);
        return ((enlarged - least) / (enlarged.amax([2, 3], keepdim: true) - least + Epsilon)).cpu().data<float>().ToArray();
    }
}
