using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>Multi-head self-attention. Fields bear the checkpoint's names.</summary>
internal sealed class ClipAttention : nn.Module
{
    private readonly Parameter in_proj_weight;
    private readonly Parameter in_proj_bias;
    private readonly Linear out_proj;
    private readonly int _heads;

    public ClipAttention(int width, int heads)
        : base(nameof(ClipAttention))
    {
        _heads = heads;
        in_proj_weight = new Parameter(zeros([3 * width, width]));
        in_proj_bias = new Parameter(zeros([3 * width]));
        out_proj = nn.Linear(width, width);
        RegisterComponents();
    }

    /// <summary>Attends.</summary>
    /// <param name="queries">(B, M, width): the tokens that a result is wanted for.</param>
    /// <param name="tokens">(B, N, width): the tokens that are attended to.</param>
    /// <param name="mask">(M, N), added before the softmax; null for none.</param>
    /// <returns>(B, M, width), and the attention (B, heads, M, N).</returns>
    public (Tensor Output, Tensor Attention) Forward(Tensor queries, Tensor tokens, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var (batch, wanted, width) = (queries.shape[0], queries.shape[1], queries.shape[2]);
        var headWidth = width / _heads;
        var query = Project(queries, 0, 1)[0] * Math.Pow(headWidth, -.5);
        var attended = Project(tokens, 1, 2);
        var scores = query.matmul(attended[0].transpose(2, 3));
        var attention = (mask is null ? scores : scores + mask).softmax(3);
        var output = out_proj.forward(attention.matmul(attended[1]).transpose(1, 2).reshape(batch, wanted, width));
        return (output.MoveToOuterDisposeScope(), attention.MoveToOuterDisposeScope());
    }

    /// <summary>Some of queries, keys and values, each (B, heads, N, width / heads).</summary>
    private Tensor[] Project(Tensor tokens, long first, long count)
    {
        var (batch, length, width) = (tokens.shape[0], tokens.shape[1], tokens.shape[2]);
        var (weight, bias) = (in_proj_weight.narrow(0, first * width, count * width), in_proj_bias.narrow(0, first * width, count * width));
        return nn.functional.linear(tokens, weight, bias).view(batch, length, count, _heads, width / _heads).permute(2, 0, 3, 1, 4).unbind(0);
    }
}
