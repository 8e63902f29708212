namespace NotebookRunner.Runs;

/// <summary>How notebooks are run.</summary>
internal sealed record RunSettings
{
    /// <summary>The folder for the executed notebooks and their pages; null for none.</summary>
    public string? Output { get; init; }

    /// <summary>How long one notebook may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many notebooks run at a time.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Whether the outputs are written into the notebooks themselves.</summary>
    public bool WriteBack { get; init; }
}
