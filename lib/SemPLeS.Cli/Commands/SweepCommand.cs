using System.CommandLine;
using SemPLeS.Experiments.Ablations;

namespace SemPLeS.Cli.Commands;

/// <summary>Runs a reader's own grid of settings.</summary>
internal sealed class SweepCommand : SemplesCommand
{
    private readonly Option<string[]> _set = new("--set")
    {
        Description = $"NAME=VALUE,VALUE,...; several make a grid, whose first point is the baseline. Names: {string.Join(", ", Sweep.Settings)}.",
        HelpName = "GRID",
        Required = true,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly AblationOptions _options;

    public SweepCommand(Terminal terminal)
        : base("sweep", "Runs the method at each point of a grid of settings, through the same store as the tables.", terminal)
    {
        Add(_set);
        _options = new AblationOptions(this, "sweep");
        _set.Validators.Add(result =>
        {
            try
            {
                _ = Sweep.Table([.. result.Tokens.Select(token => token.Value)]);
            }
            catch (ArgumentException error)
            {
                result.AddError(error.Message.Split(" (Parameter", 2)[0]);
            }
        });
    }

    /// <inheritdoc/>
    public override string AfterStop => CommonOptions.AfterStop;

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed) => _options.Run(parsed, Terminal, _options.Preset(parsed), [Sweep.Table(parsed.GetRequiredValue(_set))]);
}
