using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>A test that mounts a small disk; skipped where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Hindrance = new(() =>
    {
        try
        {
            new SmallDisk(64).Dispose();
            return null;
        }
        catch (InvalidOperationException error)
        {
            return $"no small disk can be mounted here: {error.Message.Trim()}";
        }
    });

    public SmallDiskFactAttribute() => Skip = Hindrance.Value;
}
