using SemPLeS.Clip;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using static SemPLeS.Benchmarks.MatrixProducts;

namespace SemPLeS.Benchmarks;

/// <summary>The matrix products that no training step of a stage can do without.</summary>
internal sealed class StepFloor : IDisposable
{
    private readonly MatrixProducts _trunk;
    private readonly MatrixProducts _trunkBack;
    private readonly MatrixProducts _both;
    private readonly MatrixProducts _bothBack;
    private readonly MatrixProducts _backgrounds;
    private readonly MatrixProducts _text;
    private readonly MatrixProducts _textBack;

    public StepFloor(GeneratorSettings network, ClipSettings clip, int batch, int pairs)
    {
        _trunk = Trunk(Pass.Forward, Pass.Forward);
        _trunkBack = Trunk(Pass.WeightGradient, Pass.InputGradient | Pass.WeightGradient);
        _both = Image(Pass.Forward, 2 * pairs);
        _bothBack = Image(Pass.InputGradient, 2 * pairs);
        _backgrounds = Image(Pass.Forward, pairs);
        _text = Text(Pass.Forward);
        _textBack = Text(Pass.InputGradient);

        MatrixProducts Trunk(Pass embedding, Pass blocks) => new MatrixProducts()
            .Linear(embedding, (long)batch * network.Grid * network.Grid, 3L * network.PatchSize * network.PatchSize, network.Width)
            .Transformer(blocks, batch, network.Classes + (network.Grid * network.Grid), network.Width, network.Heads, network.Depth);

        MatrixProducts Image(Pass passes, int images) => new MatrixProducts()
            .Linear(passes, (long)images * clip.Grid * clip.Grid, 3L * clip.PatchSize * clip.PatchSize, clip.VisionWidth)
            .Transformer(passes, images, 1 + (clip.Grid * clip.Grid), clip.VisionWidth, clip.VisionHeads, clip.VisionLayers, lastTokens: 1);

        MatrixProducts Text(Pass passes) => new MatrixProducts()
            .Transformer(passes, network.Classes, PaperPreset.Template.TokensWith(PaperPreset.Voc12.Stages.PromptLength), clip.TextWidth, clip.TextHeads, clip.TextLayers, lastTokens: 1);
    }

    /// <summary>The trunk forward and its gradients.</summary>
    public IReadOnlyList<MatrixProducts> Phase1 => [_trunk, _trunkBack];

    /// <summary>Stages a and c: the trunk forward; CLIP on foregrounds and backgrounds, and back to the pixels.</summary>
    public IReadOnlyList<MatrixProducts> OfGenerator => [_trunk, _both, _bothBack];

    /// <summary>Stage b: the trunk and CLIP on backgrounds, forward; the text encoder on the prompts, and back.</summary>
    public IReadOnlyList<MatrixProducts> Prompting => [_trunk, _backgrounds, _text, _textBack];

    public void Dispose()
    {
        foreach (var products in new[] { _trunk, _trunkBack, _both, _bothBack, _backgrounds, _text, _textBack })
            products.Dispose();
    }
}
