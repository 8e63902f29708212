using System.Reflection;
using Xunit;

namespace SemPLeS.Tests.Signatures;

/// <summary>A test of a stand-in against a listing in ../shared; skipped, with the reason, without the listing and where the real package is in use.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StandInFactAttribute : FactAttribute
{
    public StandInFactAttribute(string assembly, string listing)
    {
        if (Assembly.Load(assembly).GetName().GetPublicKeyToken() is { Length: > 0 })
            Skip = $"the real package {assembly} is in use";
        else if (TestFolders.Shared is null)
            Skip = "no folder ../shared (or SEMPLES_SHARED)";
        else if (!File.Exists(Path.Combine(TestFolders.Shared, listing)))
            Skip = $"../shared has no {listing}";
    }
}
