namespace SemPLeS.Weights;

/// <summary>An entry of a zip archive as the archive's directory tells it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">How it is compressed; 0: not at all.</param>
/// <param name="StoredLength">Its bytes in the archive.</param>
/// <param name="Length">Its bytes when unpacked.</param>
/// <param name="HeaderOffset">Where its local header begins, counted from the start of the file.</param>
internal sealed record ZipEntry(string Name, int Method, long StoredLength, long Length, long HeaderOffset);
