using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Readiness;

namespace SemPLeS.Cli.Commands;

/// <summary>Says what a run would miss.</summary>
internal sealed class DoctorCommand : SemplesCommand
{
    private readonly Option<string> _preset = new("--preset") { Description = $"mini, {string.Join(" or ", PaperPreset.Names)}.", HelpName = "NAME", DefaultValueFactory = _ => MiniPreset.Name };
    private readonly Option<string?> _data = new("--data") { Description = $"Where pictures and weights lie; ${PaperData.Variable} by default, or {PaperData.DefaultFolder}.", HelpName = "FOLDER" };
    private readonly StoreOptions _store;
    private readonly HardwareOptions _hardware;

    public DoctorCommand(Terminal terminal)
        : base("doctor", "Checks device, memory, disk, pictures and weights before a run, and says what is missing and which command gets it.", terminal)
    {
        _preset.AcceptOnlyFromAmong([MiniPreset.Name, .. PaperPreset.Names]);
        Add(_preset);
        Add(_data);
        _store = new StoreOptions(this);
        _hardware = new HardwareOptions(this);
    }

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var (name, device, store) = (parsed.GetRequiredValue(_preset), _hardware.Use(parsed).Device, _store.Open(parsed, Terminal).Folder);
        var photographs = PaperPreset.Names.Contains(name) ? PaperPreset.Named(name) : null;
        ReadinessCheck[] checks =
        [
            .. ReadinessChecks.OfMachine(device, store, photographs?.Needs),
            .. photographs is null ? [] : ReadinessChecks.OfData(PaperData.In(parsed.GetValue(_data), photographs)),
        ];
        Tables.Texts(Terminal, $"{name}: what a run needs", ["what", "state", "found"], checks.Select(IReadOnlyList<string> (check) => [check.What, check.State.ToString().ToLowerInvariant(), check.Found]));
        foreach (var check in checks.Where(check => check.Advice.Length > 0))
            Terminal.Output.WriteLine($"{check.What}: {check.Advice}");
        var missing = checks.Count(check => check.State == Readiness.Missing);
        if (missing > 0)
            throw new InvalidDataException($"{missing} of {checks.Length} things that {name} needs are missing.");
        Terminal.Output.WriteLine("Nothing is missing.");
    }
}
