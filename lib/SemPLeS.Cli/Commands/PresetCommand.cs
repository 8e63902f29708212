using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Experiments;

namespace SemPLeS.Cli.Commands;

/// <summary>Prints a preset's constants.</summary>
internal sealed class PresetCommand : SemplesCommand
{
    private readonly Argument<string> _name = new("preset") { Description = string.Join(" or ", PaperPreset.Names) + "." };

    public PresetCommand(Terminal terminal)
        : base("preset", "Prints every constant of a preset of photographs with its source.", terminal)
    {
        _name.AcceptOnlyFromAmong([.. PaperPreset.Names]);
        Add(_name);
    }

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var preset = PaperPreset.Named(parsed.GetRequiredValue(_name));
        var constants = PaperConstants.Of(preset);
        Tables.Texts(Terminal, $"{preset.Name}: {preset.Title}", ["constant", "value", "from"], constants.Select(IReadOnlyList<string> (constant) => [$"{constant.Part}: {constant.Name}", constant.Value, constant.Source]));
        Terminal.Output.WriteLine($"{PaperConstants.Legend}. Needs {preset.Needs}.");
    }
}
