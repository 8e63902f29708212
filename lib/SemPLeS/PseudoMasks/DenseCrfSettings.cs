namespace SemPLeS.PseudoMasks;

/// <summary>
/// The constants of a dense CRF (Krähenbühl and Koltun 2011): a Gaussian kernel of positions and a bilateral one of positions and colours, Potts
/// compatibility, symmetric normalisation. The presets are WeakTr's, the miniature world's its own.
/// </summary>
public sealed record DenseCrfSettings
{
    /// <summary>For hard labels of PASCAL VOC pictures, the seeds.</summary>
    public static DenseCrfSettings VocLabels { get; } = new()
    {
        GaussianSpread = 4,
        GaussianWeight = 3,
        BilateralSpread = 83,
        BilateralColorSpread = 5,
        BilateralWeight = 3,
    };

    /// <summary>For hard labels of MS COCO pictures.</summary>
    public static DenseCrfSettings CocoLabels { get; } = new()
    {
        GaussianSpread = 3,
        GaussianWeight = 3,
        BilateralSpread = 50,
        BilateralColorSpread = 5,
        BilateralWeight = 10,
    };

    /// <summary>For the miniature world, labels and softmax alike.</summary>
    public static DenseCrfSettings Mini { get; } = new()
    {
        GaussianSpread = 4.0 / 3,
        GaussianWeight = 3,
        BilateralSpread = 18,
        BilateralColorSpread = 3,
        BilateralWeight = 5,
    };

    /// <summary>For the CAMs of CLIP-ES, on PASCAL VOC and MS COCO alike (Lin et al., CVPR 2023, published code).</summary>
    public static DenseCrfSettings ClipEs => CocoTest;

    /// <summary>For the softmax of a segmentation network on PASCAL VOC pictures.</summary>
    public static DenseCrfSettings VocTest { get; } = new()
    {
        GaussianSpread = 3,
        GaussianWeight = 3,
        BilateralSpread = 83,
        BilateralColorSpread = 5,
        BilateralWeight = 3,
    };

    /// <summary>For the softmax of a segmentation network on MS COCO pictures.</summary>
    public static DenseCrfSettings CocoTest { get; } = new()
    {
        GaussianSpread = 1,
        GaussianWeight = 3,
        BilateralSpread = 67,
        BilateralColorSpread = 3,
        BilateralWeight = 4,
    };

    /// <summary>Standard deviation of the Gaussian kernel in pixels (sxy), above 0.</summary>
    public required double GaussianSpread { get; init; }

    /// <summary>What the Gaussian kernel's messages are multiplied by (compat), at least 0.</summary>
    public required double GaussianWeight { get; init; }

    /// <summary>Standard deviation of the bilateral kernel in pixels (sxy), above 0.</summary>
    public required double BilateralSpread { get; init; }

    /// <summary>Standard deviation of the bilateral kernel in colour levels of 0..255 (srgb), above 0.</summary>
    public required double BilateralColorSpread { get; init; }

    /// <summary>What the bilateral kernel's messages are multiplied by (compat), at least 0.</summary>
    public required double BilateralWeight { get; init; }

    /// <summary>Mean-field iterations, at least 0.</summary>
    public int Iterations { get; init; } = 10;

    /// <summary>The probability that a hard label is right (gt_prob), in 0..1 exclusive; the other labels share the rest.</summary>
    public double LabelProbability { get; init; } = .7;

    /// <summary>What smaller probabilities of a softmax are raised to before the logarithm, in 0..1 exclusive.</summary>
    public double LeastProbability { get; init; } = 1e-5;

    /// <summary>Throws when a value is out of its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    internal void Check()
    {
        Require(GaussianSpread > 0 && double.IsFinite(GaussianSpread), GaussianSpread, nameof(GaussianSpread));
        Require(BilateralSpread > 0 && double.IsFinite(BilateralSpread), BilateralSpread, nameof(BilateralSpread));
        Require(BilateralColorSpread > 0 && double.IsFinite(BilateralColorSpread), BilateralColorSpread, nameof(BilateralColorSpread));
        Require(GaussianWeight >= 0 && double.IsFinite(GaussianWeight), GaussianWeight, nameof(GaussianWeight));
        Require(BilateralWeight >= 0 && double.IsFinite(BilateralWeight), BilateralWeight, nameof(BilateralWeight));
        Require(Iterations >= 0, Iterations, nameof(Iterations));
        Require(LabelProbability is > 0 and < 1, LabelProbability, nameof(LabelProbability));
        Require(LeastProbability is > 0 and < 1, LeastProbability, nameof(LeastProbability));
    }

    private static void Require(bool condition, double value, string name)
    {
        if (!condition)
            throw new ArgumentException(FormattableString.Invariant($"The CRF's {name} is {value}."), name);
    }
}
