using NotebookRunner.Files;

namespace NotebookRunner.Runs;

/// <summary>What became of a notebook.</summary>
/// <param name="Source">The notebook's own file.</param>
/// <param name="Executed">The notebook with its outputs, as far as it came.</param>
/// <param name="Stopped">The number of the code cell that it stopped in; null if it ran to its end.</param>
/// <param name="Problems">What is wrong: why it stopped, or outputs that should not be as they are.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record NotebookOutcome(string Source, Notebook Executed, int? Stopped, IReadOnlyList<string> Problems, TimeSpan Elapsed)
{
    /// <summary>The notebook as it was before; its figures may have still pictures.</summary>
    public Notebook? Before { get; init; }
}
