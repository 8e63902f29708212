using System.CommandLine.Parsing;

namespace SemPLeS.Cli.Commands;

/// <summary>What option values must be.</summary>
internal static class Checks
{
    /// <summary>A whole number that is not below <paramref name="least"/>.</summary>
    public static Action<OptionResult> AtLeast(int least) => result =>
    {
        if (result.Errors.Any())
            return;
        if (result.GetValueOrDefault<int?>() is { } value && value < least)
            result.AddError($"{result.Option.Name} is {value}; the least is {least}.");
    };
}
