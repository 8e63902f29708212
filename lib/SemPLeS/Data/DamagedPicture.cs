namespace SemPLeS.Data;

/// <summary>A picture that was left out, and why.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Reason">What is wrong, with the file's path.</param>
public sealed record DamagedPicture(string Id, string Reason);
