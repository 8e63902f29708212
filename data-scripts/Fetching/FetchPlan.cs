namespace SemPLeS.Fetching;

/// <summary>What one of the programs in data-scripts fetches, and what it makes of it.</summary>
/// <param name="Name">The program's name: voc12 for data-scripts/voc12.cs.</param>
/// <param name="Title">What people call the data.</param>
/// <param name="Files">The files, in the order in which they are fetched.</param>
public sealed record FetchPlan(string Name, string Title, IReadOnlyList<PublishedFile> Files)
{
    /// <summary>What is made of the files in the data folder when they are there: reports its progress, 0 to 1, and gives what is to be said. Must do nothing the second time.</summary>
    public Func<string, IProgress<double>, CancellationToken, string>? Prepare { get; init; }

    /// <summary>What <see cref="Prepare"/> does, for people to read.</summary>
    public string PrepareText { get; init; } = "";

    /// <summary>Disk that <see cref="Prepare"/> fills, in bytes.</summary>
    public long PreparedBytes { get; init; }
}
