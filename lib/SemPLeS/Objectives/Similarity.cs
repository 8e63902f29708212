using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>Cosines of features, one for each pair.</summary>
/// <param name="Raw">(P), in -1..1.</param>
/// <param name="Clamped">(P), in [1e-4, 0.9999], as the losses' logarithms need it (the authors' published settings); a clamped one passes no gradient.</param>
public sealed record Similarity(Tensor Raw, Tensor Clamped)
{
    /// <summary>The smallest similarity that a loss sees.</summary>
    public const double Least = 1e-4;

    /// <summary>The largest similarity that a loss sees.</summary>
    public const double Most = .9999;

    // What F.cosine_similarity keeps the product of the norms above.
    private const double SmallestNorm = 1e-8;

    /// <summary>Compares two sets of features, row by row. The tensors belong to the caller's scope.</summary>
    /// <param name="features">(P, D).</param>
    /// <param name="others">(P, D).</param>
    public static Similarity Of(Tensor features, Tensor others)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(others);
        if (!features.shape.SequenceEqual(others.shape))
            throw new ArgumentException($"Features of shape [{string.Join(", ", features.shape)}] can't be compared with [{string.Join(", ", others.shape)}].", nameof(others));
        using var scope = NewDisposeScope();
        var norms = (features.square().sum(1) * others.square().sum(1)).sqrt();
        var raw = (features * others).sum(1) / norms.clamp_min(SmallestNorm);
        return new(raw.MoveToOuterDisposeScope(), raw.clamp(Least, Most).MoveToOuterDisposeScope());
    }

    /// <summary>
    /// Compares each feature with each other one, such as the prompts of all classes with their names. The shapes are checked: a wrong one in a matrix product
    /// ends the process in TorchSharp.
    /// </summary>
    /// <param name="features">(n, D).</param>
    /// <param name="others">(m, D).</param>
    /// <returns>(n, m) cosines in -1..1, with their gradient, in the caller's scope.</returns>
    /// <exception cref="ArgumentException">The features are no matrices of one width.</exception>
    public static Tensor Matrix(Tensor features, Tensor others)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(others);
        if (features.shape is not [_, var width] || others.shape is not [_, var other] || other != width)
            throw new ArgumentException($"Features of shapes [{string.Join(", ", features.shape)}] and [{string.Join(", ", others.shape)}] are not (n, D) and (m, D).", nameof(others));
        using var scope = NewDisposeScope();
        return Unit(features).matmul(Unit(others).t()).MoveToOuterDisposeScope();

        static Tensor Unit(Tensor rows) => rows / rows.square().sum([1], keepdim: true).sqrt().clamp_min(SmallestNorm);
    }
}
