namespace SemPLeS.Tests;

/// <summary>Trait of tests that only <c>./test.sh --all</c> runs: <c>[Trait(Speed.Name, Speed.Slow)]</c>.</summary>
internal static class Speed
{
    public const string Name = "Speed";
    public const string Slow = "Slow";
}
