using SemPLeS.Weights;
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
    private readonly int _patchSize;

    public ClipImageEncoder(ClipSettings settings)
        : base(nameof(ClipImageEncoder))
    {
        var (width, epsilon) = (settings.VisionWidth, settings.LayerNormEpsilon);
        (_imageSize, _patchSize) = (settings.ImageSize, settings.PatchSize);
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

    /// <summary>(B, 3, H, W) of any size in whole patches to what the last block begins with.</summary>
    public ClipTrace Trace(Tensor images)
    {
        if (images.shape is not [>= 1, 3, var height and >= 1, var width and >= 1] || height % _patchSize != 0 || width % _patchSize != 0)
        {
            throw new ArgumentException(
                $"Images of shape [{string.Join(", ", images.shape)}] are not (B, 3, H, W) with sides in whole patches of {_patchSize} pixels.", nameof(images));
        }

        using var scope = NewDisposeScope();
        var (rows, columns) = ((int)height / _patchSize, (int)width / _patchSize);
        var (tokens, attention) = transformer.BeforeLast(Embed(images, Positions(rows, columns)));
        foreach (var map in attention)
            map.MoveToOuterDisposeScope();
        return new ClipTrace(tokens.MoveToOuterDisposeScope(), transformer.Last.Normalise(tokens).MoveToOuterDisposeScope(), attention, rows, columns);
    }

    /// <summary>The last block behind its first norm: the mean of the patches' features (B, D), and the block's attention (B, N, N).</summary>
    public (Tensor Feature, Tensor Attention) Finish(Tensor tokens, Tensor normalised)
    {
        using var scope = NewDisposeScope();
        var (last, attention) = transformer.Last.From(tokens, normalised);
        var patches = ln_post.forward(last.narrow(1, 1, last.shape[1] - 1)).mean([1]);
        return (patches.matmul(proj).MoveToOuterDisposeScope(), attention.MoveToOuterDisposeScope());
    }

    private Tensor Embed(Tensor images)
    {
        return images.shape is [>= 1, 3, var height, var width] && height == _imageSize && width == _imageSize
            ? Embed(images, positional_embedding)
            : throw new ArgumentException(
                $"Images of shape [{string.Join(", ", images.shape)}] are not (B, 3, {_imageSize}, {_imageSize}), which this CLIP sees.", nameof(images));
    }

    private Tensor Embed(Tensor images, Tensor positions)
    {
        using var scope = NewDisposeScope();
        var patches = conv1.forward(images).flatten(2).transpose(1, 2);
        var tokens = cat([class_embedding.expand(patches.shape[0], 1, -1), patches], 1) + positions;
        return ln_pre.forward(tokens).MoveToOuterDisposeScope();
    }

    /// <summary>(1 + rows x columns, width): the class token's own position, and the patches' resized bilinearly where the grid is another.</summary>
    private Tensor Positions(int rows, int columns)
    {
        var grid = _imageSize / _patchSize;
        if (rows == grid && columns == grid)
            return positional_embedding;
        var patches = positional_embedding.narrow(0, 1, (long)grid * grid).unsqueeze(0);
        return cat([positional_embedding.narrow(0, 0, 1), PositionResize.Bilinear(patches, grid, rows, columns).squeeze(0)], 0);
    }

    private Tensor Project(Tensor tokens) => ln_post.forward(tokens).matmul(proj);
}
