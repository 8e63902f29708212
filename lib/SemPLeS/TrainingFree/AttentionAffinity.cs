using static TorchSharp.torch;

namespace SemPLeS.TrainingFree;

/// <summary>How much patches have in common by a transformer's own attention (CLIP-ES' class-aware attention affinity; Lin et al., CVPR 2023).</summary>
public static class AttentionAffinity
{
    /// <summary>The affinity: mean attention of the last blocks, made doubly stochastic (Sinkhorn), symmetric, and squared.</summary>
    /// <param name="attention">(1 + P, 1 + P) for each block; the class token, the first, is left out.</param>
    /// <param name="blocks">How many of the last blocks count, at least 1.</param>
    /// <param name="rounds">Rounds of Sinkhorn's normalisation, at least 0: 3 as published.</param>
    /// <returns>(P, P), in the caller's scope.</returns>
    /// <exception cref="ArgumentException">The attention is of no such shape, or there are not so many blocks.</exception>
    public static Tensor Of(IReadOnlyList<Tensor> attention, int blocks, int rounds = 3)
    {
        ArgumentNullException.ThrowIfNull(attention);
        ArgumentOutOfRangeException.ThrowIfNegative(rounds);
        if (blocks < 1 || blocks > attention.Count)
            throw new ArgumentException($"{blocks} blocks can't count of {attention.Count}.", nameof(blocks));
        if (attention.FirstOrDefault(map => map.shape is not [>= 2, var columns] || map.shape[0] != columns) is { } other)
            throw new ArgumentException($"Attention of shape [{string.Join(", ", other.shape)}] is not (1 + P, 1 + P).", nameof(attention));
        using var scope = NewDisposeScope();
        var patches = attention[0].shape[0] - 1;
        var mean = stack([.. attention.TakeLast(blocks)]).mean([0]).narrow(0, 1, patches).narrow(1, 1, patches);
        var balanced = Sinkhorn(mean, rounds);
        var symmetric = (balanced + balanced.t()) / 2;
        return symmetric.matmul(symmetric).MoveToOuterDisposeScope();
    }

    /// <summary>Divides by the sums of columns, then by those of rows, several times: a matrix whose rows, and nearly its columns, add up to 1.</summary>
    /// <param name="matrix">(n, n), above 0.</param>
    /// <param name="rounds">At least 0.</param>
    public static Tensor Sinkhorn(Tensor matrix, int rounds)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        using var scope = NewDisposeScope();
        var balanced = matrix * 1;
        for (var round = 0; round < rounds; round++)
        {
            balanced = balanced / balanced.sum([0], keepdim: true);
            balanced = balanced / balanced.sum([1], keepdim: true);
        }

        return balanced.MoveToOuterDisposeScope();
    }
}
