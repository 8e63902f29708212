using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>Linear, activation, linear. Fields bear the checkpoint's names.</summary>
internal sealed class ClipFeedForward : nn.Module
{
    private const double Sharpness = 1.702;

    private readonly Linear c_fc;
    private readonly Linear c_proj;
    private readonly ClipActivation _activation;

    public ClipFeedForward(int width, ClipActivation activation)
        : base(nameof(ClipFeedForward))
    {
        c_fc = nn.Linear(width, 4 * width);
        c_proj = nn.Linear(4 * width, width);
        _activation = activation;
        RegisterComponents();
    }

    /// <summary>(B, N, width) to (B, N, width).</summary>
    public Tensor Forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var hidden = c_fc.forward(tokens);
        // QuickGELU, written with an operator that has a gradient of its own.
        var active = _activation == ClipActivation.Gelu ? nn.functional.gelu(hidden) : nn.functional.silu(hidden * Sharpness) / Sharpness;
        return c_proj.forward(active).MoveToOuterDisposeScope();
    }
}
