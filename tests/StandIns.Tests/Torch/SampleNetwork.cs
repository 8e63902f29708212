using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

/// <summary>A module with every kind of field that registration knows.</summary>
internal sealed class SampleNetwork : nn.Module
{
    public readonly Parameter scale = new(ones(2));
    private readonly Tensor cached = zeros(3);
    private readonly ModuleList<Sequential> blocks = nn.ModuleList(nn.Sequential(nn.Linear(2, 2), nn.ReLU()), nn.Sequential(nn.Linear(2, 3)));
    private readonly LayerNorm norm = nn.LayerNorm([2]);
    private readonly string text = "not a component";

    public SampleNetwork()
        : base(nameof(SampleNetwork)) => RegisterComponents();

    public override string ToString() => $"{text} {cached} {blocks.Count} {norm.eps}";
}
