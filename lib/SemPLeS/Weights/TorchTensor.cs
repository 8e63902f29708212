using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>A tensor of a PyTorch checkpoint, as its pickle describes it; not checked yet.</summary>
/// <param name="Storage">The elements that it sees.</param>
/// <param name="Type">Their type.</param>
/// <param name="Offset">Its first element among them.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Strides">For each dimension, how many elements apart neighbours lie.</param>
internal sealed record TorchTensor(TorchStorage Storage, ScalarType Type, long Offset, long[] Shape, long[] Strides)
{
    private const int DimensionLimit = 64;

    /// <summary>
    /// What is wrong with it; null where nothing is. Tensors may share a storage, but none may see an element twice, or it would be larger than what
    /// the file holds of it.
    /// </summary>
    public string? Fault()
    {
        if (Shape.Length != Strides.Length || Shape.Length > DimensionLimit || Shape.Any(size => size < 0) || Strides.Any(stride => stride < 0) || Offset < 0)
            return "its shape, strides and offset make no tensor";
        if (TensorPlace.Count(Shape) is not { } count)
            return "it has more elements than memory can hold";
        if (count == 0)
            return null;
        Int128 reach = 0;
        foreach (var (size, stride) in Shape.Zip(Strides).Where(dimension => dimension.First > 1).OrderBy(dimension => dimension.Second))
        {
            if (stride <= reach)
                return "it sees elements twice";
            reach += (Int128)(size - 1) * stride;
            if (reach >= long.MaxValue)
                break;
        }

        return Offset + reach >= Storage.Count ? $"it reaches beyond the {Storage.Count} elements of its storage" : null;
    }

    /// <summary>Whether its elements are row-major without gaps.</summary>
    public bool IsContiguous()
    {
        var expected = 1L;
        for (var dimension = Shape.Length - 1; dimension >= 0; dimension--)
        {
            if (Shape[dimension] != 1 && Strides[dimension] != expected)
                return false;
            expected *= Shape[dimension];
        }

        return true;
    }
}
