using System.CommandLine;
using System.CommandLine.Help;
using SemPLeS.Cli;
using SemPLeS.Cli.Commands;
using SemPLeS.Cli.Display;
using SemPLeS.Experiments;

namespace SemPLeS.Fetching;

/// <summary>Fetches the files of a plan.</summary>
internal sealed class FetchCommand : SemplesCommand
{
    private readonly Option<string?> _data = new("--data") { Description = $"The data folder; ${PaperData.Variable} by default, or {PaperData.DefaultFolder}.", HelpName = "FOLDER" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Says what would be fetched, and where it would lie; does nothing." };
    private readonly Option<string[]> _fromFile = new("--from-file") { Description = "A file that was fetched by other means; known by its name, or NAME=PATH where it has another. May be given several times.", HelpName = "PATH", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _removeArchives = new("--remove-archives") { Description = "Deletes what was downloaded once it is unpacked." };
    private readonly FetchPlan _plan;
    private readonly Downloader _downloader;
    private readonly Func<string, long> _freeSpace;

    public FetchCommand(FetchPlan plan, Terminal terminal, Downloader downloader, Func<string, long> freeSpace)
        : base(plan.Name, $"Fetches {plan.Title}.", terminal)
    {
        (_plan, _downloader, _freeSpace) = (plan, downloader, freeSpace);
        foreach (var option in new Option[] { _data, _dryRun, _fromFile, _removeArchives, new HelpOption() })
            Add(option);
    }

    /// <inheritdoc/>
    public override string AfterStop => "What came so far is kept: the same command goes on from there.";

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var folder = PaperData.FolderOf(parsed.GetValue(_data));
        var given = GivenFiles.Match(_plan, parsed.GetRequiredValue(_fromFile));
        FetchStep[] steps = [.. _plan.Files.Select(file => new FetchStep(file, folder, given.GetValueOrDefault(file)))];
        FetchDescription.Write(Terminal, _plan, steps, folder);
        if (parsed.GetValue(_dryRun))
            return;
        CheckSpace(steps, folder);
        ProgressDisplay.Show(Terminal, display =>
        {
            foreach (var step in steps.Where(step => step.IsPossible))
                step.RunAsync(_downloader, display, parsed.GetValue(_removeArchives), Terminal.Cancellation).GetAwaiter().GetResult();
        });
        RequireAll(steps);
        if (_plan.Prepare is { } prepare)
        {
            var said = "";
            ProgressDisplay.Show(Terminal, display => said = prepare(folder, new ShareProgress(display, _plan.PrepareText, null), Terminal.Cancellation));
            Terminal.Output.WriteLine(said);
        }

        FetchStep[] absent = [.. steps.Where(step => !step.IsDone)];
        Terminal.Output.WriteLine(absent.Length == 0
            ? $"{_plan.Title}: all is there."
            : $"{_plan.Title}: {steps.Length - absent.Length} of {steps.Length} files are there; by hand, see above: {string.Join(", ", absent.Select(step => step.Published.Name))}.");
    }

    private void CheckSpace(FetchStep[] steps, string folder)
    {
        const double gigabyte = 1e9;
        var needed = steps.Sum(step => step.NeededBytes) + (steps.All(step => step.IsDone) ? 0 : _plan.PreparedBytes);
        var free = _freeSpace(folder);
        if (needed > free)
            throw new IOException(FormattableString.Invariant($"{folder} has {free / gigabyte:0.0} GB free; {needed / gigabyte:0.0} GB are needed. --data names another folder."));
    }

    private static void RequireAll(FetchStep[] steps)
    {
        FetchStep[] missing = [.. steps.Where(step => !step.IsDone && !step.Published.IsOptional)];
        if (missing.Length > 0)
            throw new InvalidDataException($"{string.Join(", ", missing.Select(step => step.Published.Name))} can only be fetched by hand, see above; then --from-file takes it.");
    }
}
