using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>Pictures of one position of a slider.</summary>
/// <param name="Name">The position, such as the epoch's number.</param>
/// <param name="Pictures">From left to right.</param>
public sealed record PictureStep(string Name, IReadOnlyList<RgbImage> Pictures);
