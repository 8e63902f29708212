using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>The image encoder on B images, stopped within its last block: behind that block's first norm, before its attention.</summary>
/// <param name="Tokens">(B, 1 + P, width): what the last block adds to; the class token is the first.</param>
/// <param name="Normalised">(B, 1 + P, width): the same through the block's first norm, which its attention reads.</param>
/// <param name="Attention">(B, 1 + P, 1 + P) for each block before the last: mean over the heads, rows attend to columns.</param>
/// <param name="Rows">Rows of patches.</param>
/// <param name="Columns">Columns of patches; P is rows x columns.</param>
public sealed record ClipTrace(Tensor Tokens, Tensor Normalised, IReadOnlyList<Tensor> Attention, int Rows, int Columns);
