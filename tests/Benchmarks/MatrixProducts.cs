using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>The matrix products of a transformer in their own shapes and layouts, and nothing else: what no implementation of a training step can do without.</summary>
internal sealed class MatrixProducts : IDisposable
{
    private readonly List<(Tensor Left, Tensor Right)> _products = [];
    private readonly Dictionary<string, Tensor> _activations = [];
    private readonly DisposeScope _scope = NewDisposeScope();

    /// <summary>Which products of a layer are computed.</summary>
    [Flags]
    public enum Pass
    {
        Forward = 1,
        InputGradient = 2,
        WeightGradient = 4,
    }

    /// <summary>Adds a transformer over sequences of tokens.</summary>
    /// <param name="passes">Forward, and which gradients.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="tokens">Tokens of each.</param>
    /// <param name="width">Channels.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="layers">Blocks.</param>
    /// <param name="lastTokens">Tokens that the last block's result is wanted for.</param>
    public MatrixProducts Transformer(Pass passes, int batch, int tokens, int width, int heads, int layers, int? lastTokens = null)
    {
        for (var layer = 0; layer < layers; layer++)
        {
            var wanted = layer == layers - 1 ? lastTokens ?? tokens : tokens;
            if (wanted == tokens)
            {
                Linear(passes, batch * tokens, width, 3 * width);
            }
            else
            {
                Linear(passes, batch * wanted, width, width);
                Linear(passes, batch * tokens, width, 2 * width);
            }

            Attention(passes, batch * heads, wanted, tokens, width / heads);
            Linear(passes, batch * wanted, width, width);
            Linear(passes, batch * wanted, width, 4 * width);
            Linear(passes, batch * wanted, 4 * width, width);
        }

        return this;
    }

    /// <summary>Adds a linear layer, or a patch embedding or convolution as the product that it comes to.</summary>
    public MatrixProducts Linear(Pass passes, long rows, long inputs, long outputs)
    {
        var weight = rand(outputs, inputs);
        if (passes.HasFlag(Pass.Forward))
            _products.Add((Activation(rows, inputs), weight.t()));
        if (passes.HasFlag(Pass.InputGradient))
            _products.Add((Activation(rows, outputs), weight));
        if (passes.HasFlag(Pass.WeightGradient))
            _products.Add((Activation(rows, outputs).t(), Activation(rows, inputs)));
        return this;
    }

    /// <summary>Multiplications and additions of all products.</summary>
    public double FloatingOperations => _products.Sum(product => 2.0 * product.Left.numel() * product.Right.shape[^1]);

    /// <summary>Seconds for all products, one after the other; each result is allocated and freed, as in a step.</summary>
    public double Run()
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var (left, right) in _products)
            left.matmul(right).Dispose();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose() => _scope.Dispose();

    private void Attention(Pass passes, long batches, long queries, long keys, long width)
    {
        var (query, key, scores) = (Activation(batches, queries, width), Activation(batches, keys, width), Activation(batches, queries, keys));
        if (passes.HasFlag(Pass.Forward))
        {
            _products.Add((query, key.transpose(1, 2)));
            _products.Add((scores, key));
        }

        if (!passes.HasFlag(Pass.InputGradient))
            return;
        _products.Add((query, key.transpose(1, 2)));
        _products.Add((scores.transpose(1, 2), query));
        _products.Add((scores, key));
        _products.Add((scores.transpose(1, 2), query));
    }

    /// <summary>Values of a shape; those of one layer are the next one's memory, as in a step.</summary>
    private Tensor Activation(params long[] shape)
    {
        var name = string.Join('x', shape);
        return _activations.TryGetValue(name, out var known) ? known : _activations[name] = rand(shape);
    }
}
