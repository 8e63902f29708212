using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>A reader's own term: a function of what a training step knows. What the function does wrong is told by the term's name and the shapes it had.</summary>
public sealed class DelegateObjective : IObjective
{
    private readonly Func<ObjectiveContext, Tensor> _compute;

    /// <summary>Makes a term of a function.</summary>
    /// <param name="name">The term's name in records and tables.</param>
    /// <param name="compute">Computes the term, unweighted: one number. What it makes on the way is freed.</param>
    /// <param name="encodes">See <see cref="IObjective.Encodes"/>.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public DelegateObjective(string name, Func<ObjectiveContext, Tensor> compute, PairImages encodes = PairImages.None)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(compute);
        (Name, _compute, Encodes) = (name, compute, encodes);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public PairImages Encodes { get; }

    /// <inheritdoc/>
    /// <exception cref="ObjectiveException">The function failed, or gave something else than one finite number that the trained parameters have a part in.</exception>
    public Tensor Compute(ObjectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var value = Call(context);
        if (value.numel() != 1)
            throw new ObjectiveException(Name, $"it gave {Shape(value.shape)}, and a term is one number: let it end with .mean() or .sum()", context);
        if (!value.is_floating_point())
            throw new ObjectiveException(Name, $"it gave a number of type {value.dtype}, which nothing can learn from", context);
        if (!value.isfinite().cpu().item<bool>())
            throw new ObjectiveException(Name, FormattableString.Invariant($"it gave {value.detach().cpu().item<float>()}, as from a logarithm of 0, a root of something negative, or a division by 0"), context);
        if (is_grad_enabled() && !value.requires_grad)
            throw new ObjectiveException(Name, "it reads nothing that this stage trains, so nothing could be learned from it", context);
        return value.reshape([]).MoveToOuterDisposeScope();
    }

    private Tensor Call(ObjectiveContext context)
    {
        try
        {
            return _compute(context) ?? throw new ObjectiveException(Name, "it gave nothing", context);
        }
        catch (Exception exception) when (exception is not (ObjectiveException or OperationCanceledException))
        {
            throw new ObjectiveException(Name, exception.Message.Split('\n')[0].TrimEnd('.', '\r'), context, exception);
        }
    }

    private static string Shape(long[] shape) => $"values of shape [{string.Join(", ", shape)}]";
}
