using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>What a weights file says about one tensor.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="DataType">The type of its elements.</param>
/// <param name="Shape">Its dimensions; empty for a scalar.</param>
public record WeightsEntry(string Name, ScalarType DataType, IReadOnlyList<long> Shape);
