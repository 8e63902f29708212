using SemPLeS.MaskGenerator;
using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>Multi-label soft-margin loss of one of the generator's classifications: mean over images and classes of -y log s(x) - (1 - y) log(1 - s(x)), s the sigmoid (WeakTr's phase 1).</summary>
public sealed class ClassificationObjective : IObjective
{
    private readonly Func<GeneratorOutput, Tensor> _logits;

    private ClassificationObjective(string name, Func<GeneratorOutput, Tensor> logits) => (Name, _logits) = (name, logits);

    /// <summary>On the class tokens' mean.</summary>
    public static ClassificationObjective ClassTokens { get; } = new("class tokens", output => output.ClassLogits);

    /// <summary>On the spatial mean of the coarse map.</summary>
    public static ClassificationObjective CoarseMap { get; } = new("coarse map", output => output.CoarseLogits);

    /// <summary>On the spatial mean of the refined CAM.</summary>
    public static ClassificationObjective RefinedCam { get; } = new("refined CAM", output => output.RefinedLogits);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Labels and logits differ in shape.</exception>
    public Tensor Compute(ObjectiveContext context)
    {
        var logits = _logits(context.Generated);
        if (!logits.shape.SequenceEqual(context.Labels.shape))
            throw new ArgumentException($"Labels of shape [{string.Join(", ", context.Labels.shape)}] do not fit logits of shape [{string.Join(", ", logits.shape)}].", nameof(context));
        return nn.functional.binary_cross_entropy_with_logits(logits, context.Labels);
    }
}
