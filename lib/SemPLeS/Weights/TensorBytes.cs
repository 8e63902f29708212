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

    /// <summary>Reverses the bytes of each word.</summary>
    /// <param name="bytes">Whole words.</param>
    /// <param name="size">Bytes of a word.</param>
    public static void ReverseEach(Span<byte> bytes, int size)
    {
        for (var start = 0; size > 1 && start < bytes.Length; start += size)
            bytes.Slice(start, size).Reverse();
    }
}
