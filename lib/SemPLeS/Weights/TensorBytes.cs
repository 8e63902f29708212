using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>The memory of a tensor, in pieces that a span can hold.</summary>
internal static class TensorBytes
{
    private const long PieceBytes = 1L << 30;

    /// <summary>Shows every piece of a tensor's memory, in order.</summary>
    /// <param name="tensor">Contiguous, on the CPU.</param>
    /// <param name="visit">Reads or fills a piece.</param>
    public static void Visit(Tensor tensor, Action<Span<byte>> visit)
    {
        using var scope = NewDisposeScope();
        var (elements, perPiece) = (tensor.NumberOfElements, PieceBytes / tensor.ElementSize);
        var flat = tensor.detach().view(elements);
        for (var start = 0L; start < elements; start += perPiece)
            visit(flat.narrow(0, start, Math.Min(perPiece, elements - start)).bytes);
    }
}
