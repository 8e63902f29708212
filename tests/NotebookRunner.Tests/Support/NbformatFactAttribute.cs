using Xunit;

namespace NotebookRunner.Tests.Support;

/// <summary>A test that needs Python's nbformat; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NbformatFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Found = new(() => new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(Imports));

    public NbformatFactAttribute()
    {
        if (Python is null)
            Skip = "no python3 with nbformat (Debian: python3-nbformat)";
    }

    /// <summary>A Python that has it.</summary>
    public static string? Python => Found.Value;

    private static bool Imports(string python)
    {
        try
        {
            return Command.Run(python, ["-c", "import nbformat"]).Status == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
