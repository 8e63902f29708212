using Xunit;

namespace SemPLeS.Tests;

/// <summary>A test that needs a file or folder of ../shared; skipped, with the reason, where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string path)
    {
        if (TestFolders.Shared is null)
            Skip = "no folder ../shared (or SEMPLES_SHARED)";
        else if (!Path.Exists(Path.Combine(TestFolders.Shared, path)))
            Skip = $"../shared has no {path}";
    }
}
