namespace SemPLeS.Fetching;

/// <summary>How patient a download is.</summary>
public sealed record DownloadPolicy
{
    /// <summary>Attempts in a row that may bring less than <see cref="Headway"/>, before it is given up.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Bytes after which a cut connection does not count as a failed attempt.</summary>
    public long Headway { get; init; } = 1 << 20;

    /// <summary>The pause before the second attempt; it doubles with each further one, and varies at random.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause, a server's own wish (Retry-After) included.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A server that sends nothing for so long is taken for gone.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(1);
}
