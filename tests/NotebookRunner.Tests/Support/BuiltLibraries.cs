using SemPLeS.Tests;

namespace NotebookRunner.Tests.Support;

/// <summary>The folder that <c>dotnet build notebooks</c> fills, after that command.</summary>
public sealed class BuiltLibraries
{
    /// <summary>Builds it.</summary>
    public BuiltLibraries()
    {
        var build = Command.Run("dotnet", ["build", "notebooks", "--nologo", "--verbosity", "quiet", "--disable-build-servers"], TestFolders.Repository);
        if (build.Status != 0)
            throw new InvalidOperationException($"dotnet build notebooks ended with status {build.Status}:\n{build.Text}");
    }

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.Combine(TestFolders.Repository, "artifacts", "notebooks");
}
