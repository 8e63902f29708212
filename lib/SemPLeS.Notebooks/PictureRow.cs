namespace SemPLeS.Notebooks;

/// <summary>One row of pictures.</summary>
/// <param name="Caption">What the row shows, such as the image's name and classes.</param>
/// <param name="Pictures">From left to right.</param>
public sealed record PictureRow(string Caption, IReadOnlyList<Picture> Pictures);
