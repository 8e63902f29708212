using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>A block of elements that tensors of a PyTorch checkpoint share, as its pickle names it.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Count">How many it has.</param>
/// <param name="ViewOffset">Elements between the beginning of the block in the file and its own first.</param>
internal sealed record TorchStorage(string Key, ScalarType Type, long Count, long ViewOffset = 0);
