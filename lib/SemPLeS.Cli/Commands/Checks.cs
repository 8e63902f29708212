using System.CommandLine.Parsing;
using System.Globalization;

namespace SemPLeS.Cli.Commands;

/// <summary>What option values must be.</summary>
internal static class Checks
{
    /// <summary>A whole number that is not below <paramref name="least"/>; what is no number at all is complained of elsewhere.</summary>
    public static Action<OptionResult> AtLeast(int least) => result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && value < least)
            result.AddError($"{result.Option.Name} is {value}; the least is {least}.");
    };
}
