namespace SemPLeS.Fetching;

/// <summary>A file that somebody publishes, and where it belongs.</summary>
/// <param name="Name">Its name, by which a file fetched by other means is known too.</param>
public sealed record PublishedFile(string Name)
{
    /// <summary>Where it is downloaded from; null where its publisher gives it to people only, see <see cref="ByHand"/>.</summary>
    public Uri? Address { get; init; }

    /// <summary>Who publishes it, and under which terms.</summary>
    public required string Licence { get; init; }

    /// <summary>Its length; null where it is not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>Its SHA-256 in hexadecimal digits, or their beginning; null where nobody gives one.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Who says so.</summary>
    public string Sha256Source { get; init; } = "given by the publisher";

    /// <summary>How a person gets it where no program can.</summary>
    public string? ByHand { get; init; }

    /// <summary>Whether the data are complete without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Where it, or what is in it, belongs: a folder below the data folder.</summary>
    public required string Folder { get; init; }

    /// <summary>What is taken out of it; null: it is kept as it is.</summary>
    public UnpackRule? Unpack { get; init; }
}
