using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>CLIP's vision transformer. Fields bear the checkpoint's names.</summary>
internal sealed class ClipImageEncoder : nn.Module
{
    private readonly Conv2d conv1;
    private readonly Parameter class_embedding;
    private readonly Parameter positional_embedding;
    private readonly LayerNorm ln_pre;
    private readonly ClipTransformer transformer;
    private readonly LayerNorm ln_post;
    private readonly Parameter proj;
    private readonly int _imageSize;

    public ClipImageEncoder(ClipSettings settings)
        : base(nameof(ClipImageEncoder))
    {
        var (width, epsilon) = (settings.VisionWidth, settings.LayerNormEpsilon);
        _imageSize = settings.ImageSize;
        conv1 = nn.Conv2d(3, width, settings.PatchSize, stride: settings.PatchSize, bias: false);
        class_embedding = new Parameter(zeros([width]));
        positional_embedding = new Parameter(zeros([1 + settings.Grid * settings.Grid, width]));
        ln_pre = nn.LayerNorm([width], epsilon);
        transformer = new ClipTransformer(width, settings.VisionLayers, settings.VisionHeads, settings.Activation, epsilon);
        ln_post = nn.LayerNorm([width], epsilon);
        proj = new Parameter(zeros([width, settings.EmbeddingSize]));
        RegisterComponents();
    }

    /// <summary>(B, 3, H, W) to the class token's feature (B, D).</summary>
    public Tensor Encode(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Project(transformer.Forward(Embed(images), causal: false, only: 0).squeeze(1)).MoveToOuterDisposeScope();
    }

    /// <summary>(B, 3, H, W) to the patch tokens' features (B, P, D), row-major.</summary>
    public Tensor EncodePatches(Tensor images)
    {
        using var scope = NewDisposeScope();
        var tokens = transformer.Forward(Embed(images), causal: false, only: null);
        return Project(tokens.narrow(1, 1, tokens.shape[1] - 1)).MoveToOuterDisposeScope();
    }

    private Tensor Embed(Tensor images)
    {
        if (images.shape is not [>= 1, 3, var height, var width] || height != _imageSize || width != _imageSize)
        {
            throw new ArgumentException(
                $"Images of shape [{string.Join(", ", images.shape)}] are not (B, 3, {_imageSize}, {_imageSize}), which this CLIP sees.", nameof(images));
        }

        using var scope = NewDisposeScope();
        var patches = conv1.forward(images).flatten(2).transpose(1, 2);
        var tokens = cat([class_embedding.expand(patches.shape[0], 1, -1), patches], 1) + positional_embedding;
        return ln_pre.forward(tokens).MoveToOuterDisposeScope();
    }

    private Tensor Project(Tensor tokens) => ln_post.forward(tokens).matmul(proj);
}
