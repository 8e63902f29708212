namespace SemPLeS.Experiments.Prices;

/// <summary>What work is expected to cost, from the sizes of networks and pictures alone: nothing is built or measured for it.</summary>
/// <param name="Operations">Multiplications and additions of the matrix products, forward and back.</param>
public sealed record RunPrice(double Operations)
{
    /// <summary>What runtime, libtorch, code and pictures on their way take of main memory, in bytes (measured: 0.3 GB without networks, 0.5 to 0.6 in the stages of the miniature world).</summary>
    private const double ProcessBytes = .5e9;

    /// <summary>The same with CUDA's libraries and context: an estimate, no GPU was at hand.</summary>
    private const double CudaProcessBytes = 4e9;

    /// <summary>Seconds of one processor core, for what no GPU computes: the CRF.</summary>
    public double CoreSeconds { get; init; }

    /// <summary>Bytes of weights, gradients and the optimiser's moments.</summary>
    public double WeightBytes { get; init; }

    /// <summary>Bytes that a training step keeps for its gradients.</summary>
    public double StepBytes { get; init; }

    /// <summary>Bytes that a picture takes which is looked at whole; several may be at a time.</summary>
    public double PictureBytes { get; init; }

    /// <summary>One after the other: work adds up, memory does not.</summary>
    public static RunPrice operator +(RunPrice left, RunPrice right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new RunPrice(left.Operations + right.Operations)
        {
            CoreSeconds = left.CoreSeconds + right.CoreSeconds,
            WeightBytes = Math.Max(left.WeightBytes, right.WeightBytes),
            StepBytes = Math.Max(left.StepBytes, right.StepBytes),
            PictureBytes = Math.Max(left.PictureBytes, right.PictureBytes),
        };
    }

    /// <summary>All of it, one after the other.</summary>
    public static RunPrice Sum(IEnumerable<RunPrice> prices) => prices.Aggregate(new RunPrice(0), (all, one) => all + one);

    /// <summary>Seconds on a machine.</summary>
    /// <param name="teraflops">What its processor or GPU sustains, in 10^12 operations a second, above 0.</param>
    /// <param name="cores">Cores for what no GPU computes, at least 1.</param>
    public double Seconds(double teraflops, int cores) => (Operations / (teraflops * 1e12)) + (CoreSeconds / cores);

    /// <summary>The most memory at a time where the tensors are, in bytes: of the GPU, or, with the process's own, of the machine.</summary>
    /// <param name="pictures">Pictures that are looked at together, at least 1.</param>
    public double TensorBytes(int pictures) => WeightBytes + Math.Max(StepBytes, pictures * PictureBytes);

    /// <summary>The most main memory at a time, in bytes.</summary>
    /// <param name="onGpu">Whether the tensors are on a GPU; a copy of the weights passes through main memory.</param>
    /// <param name="pictures">Pictures that are looked at together, at least 1.</param>
    public double MainBytes(bool onGpu, int pictures) => onGpu ? CudaProcessBytes + WeightBytes : ProcessBytes + TensorBytes(pictures);
}
