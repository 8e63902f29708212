namespace SemPLeS.Experiments.Prices;

/// <summary>What one sequence costs in the blocks of a transformer, in operations and in bytes of float32.</summary>
/// <param name="Tokens">Tokens of the sequence.</param>
/// <param name="Width">Channels of a token.</param>
/// <param name="Hidden">Channels of a block's hidden layer.</param>
/// <param name="Heads">Attention heads of a block.</param>
/// <param name="Blocks">Number of blocks.</param>
/// <param name="Embedding">Multiplications of a token's embedding by a weight matrix; 0 where there is none.</param>
internal sealed record TransformerPrice(double Tokens, int Width, int Hidden, int Heads, int Blocks, double Embedding = 0)
{
    /// <summary>Bytes of a value.</summary>
    public const int FloatBytes = 4;

    /// <summary>The layers' own products: queries, keys, values, projection, two of the hidden layer, embedding.</summary>
    private double Linear => 2 * Tokens * ((Blocks * MatrixElements) + Embedding);

    /// <summary>Queries by keys, and their softmax by values.</summary>
    private double Attention => 2 * 2 * Tokens * Tokens * Width * Blocks;

    private double MatrixElements => (4.0 * Width * Width) + (2.0 * Width * Hidden);

    /// <summary>Parameters of the blocks' matrices and of the embedding, which are nearly all.</summary>
    public double Parameters => (Blocks * MatrixElements) + Embedding;

    /// <summary>Forward.</summary>
    public double Forward => Linear + Attention;

    /// <summary>The gradient of what went in: the softmax's two products again for each of their two sides.</summary>
    public double InputGradient => Linear + (2 * Attention);

    /// <summary>Forward and all gradients; those of the weights are the layers' own products once more.</summary>
    public double Learning => Forward + InputGradient + Linear;

    /// <summary>
    /// What is kept for the gradients: of each token and block two inputs, two means of LayerNorm, queries, keys, values, attention's result, and the hidden layer
    /// before and after its activation; and the attention maps.
    /// </summary>
    public double KeptBytes => FloatBytes * Blocks * ((Tokens * ((9.0 * Width) + (2.0 * Hidden))) + AttentionElements);

    /// <summary>What one block holds at a time where nothing is kept.</summary>
    public double PassingBytes => FloatBytes * ((Tokens * ((5.0 * Width) + (2.0 * Hidden))) + (2 * AttentionElements));

    /// <summary>The attention maps of all blocks.</summary>
    public double AttentionBytes => FloatBytes * Blocks * AttentionElements;

    private double AttentionElements => Heads * Tokens * Tokens;
}
