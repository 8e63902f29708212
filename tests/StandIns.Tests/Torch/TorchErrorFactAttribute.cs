using TorchSharp;
using Xunit;

namespace SemPLeS.Tests.StandIns.Torch;

/// <summary>A test that makes libtorch throw; skipped with the real package, where some such errors end the process.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchErrorFactAttribute : FactAttribute
{
    public TorchErrorFactAttribute()
    {
        if (typeof(torch).Assembly.GetName().GetPublicKeyToken() is { Length: > 0 })
            Skip = "the real package TorchSharp is in use, which such an error may end";
    }
}
