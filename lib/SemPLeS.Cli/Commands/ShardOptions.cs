using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SemPLeS.Cli.Slurm;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Prices;

namespace SemPLeS.Cli.Commands;

/// <summary>The options by which machines share the pictures of a split.</summary>
internal sealed class ShardOptions
{
    private readonly Option<string?> _shard = new("--shard") { Description = "I/N: only the I-th of N parts of the split, every N-th picture.", HelpName = "PART" };
    private readonly Option<int?> _shards = new("--shards") { Description = "With --submit: in how many parts, a job each.", HelpName = "N" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "With --submit: print the scripts, and hand nothing in." };
    private readonly SubmitOptions _submit;

    /// <summary>Adds the options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="output">Where results go, which parts need.</param>
    public ShardOptions(Command command, Option output)
    {
        _submit = new SubmitOptions(command, "slurm: hand the split in, in --shards N parts, and return. The parts' results are merged by a job that waits for them.");
        _shards.Validators.Add(Checks.AtLeast(1));
        _shard.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && ImageShard.Parse(token.Value) is null)
                result.AddError($"{_shard.Name} is '{token.Value}', not a part such as 1/8.");
        });
        command.Add(_shard);
        command.Add(_shards);
        command.Add(_dryRun);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_shards) is null != result.GetResult(_submit.Submit) is null)
                result.AddError($"{_submit.Submit.Name} and {_shards.Name} go together.");
            if (result.GetResult(output) is null && IsGiven(result))
                result.AddError($"{_shard.Name} and {_shards.Name} need {output.Name}.");
            if (result.GetResult(_dryRun) is { Implicit: false } && result.GetResult(_submit.Submit) is null)
                result.AddError($"{_dryRun.Name} goes with {_submit.Submit.Name}.");
            if (result.GetResult(_shard) is not null && result.GetResult(_submit.Submit) is not null)
                result.AddError($"{_shard.Name} does not go with {_submit.Submit.Name}.");
        });
    }

    /// <summary>Whether a part, or all parts, are asked for.</summary>
    public bool IsGiven(CommandResult result) => result.GetResult(_shard) is not null || result.GetResult(_shards) is not null;

    /// <summary>The part that is asked for; null: all pictures.</summary>
    public (int Part, int Parts)? Part(ParseResult parsed) => parsed.GetValue(_shard) is { } text ? ImageShard.Parse(text) : null;

    /// <summary>The part of the pictures that is asked for, or all.</summary>
    /// <exception cref="ArgumentException">There are fewer pictures than parts.</exception>
    public ILabelledImages Of(ParseResult parsed, ILabelledImages images)
    {
        if (Part(parsed) is not { } part)
            return images;
        return part.Parts <= images.Count ? new ImageShard(images, part.Part, part.Parts) : throw new ArgumentException($"{images.Count} pictures can't be parted in {part.Parts}.");
    }

    /// <summary>The name of a part's file.</summary>
    public static string FileName(string what, (int Part, int Parts) part) => FormattableString.Invariant($"{what}-{part.Part}-of-{part.Parts}.json");

    /// <summary>Hands the parts in, if that is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where it says so.</param>
    /// <param name="output">The results' folder, which all nodes see.</param>
    /// <param name="merge">What the merging job adds to the command, given the number of parts; null: there is nothing to merge.</param>
    /// <param name="price">What the whole split is expected to cost.</param>
    /// <param name="hardware">Says where to compute.</param>
    /// <param name="arePhotographs">Whether a GPU is asked for where the cluster's file says nothing of it.</param>
    /// <returns>Whether they were.</returns>
    public bool Submitted(ParseResult parsed, Terminal terminal, string output, Func<int, string>? merge, Func<RunPrice> price, HardwareOptions hardware, bool arePhotographs)
    {
        if (parsed.GetValue(_shards) is not { } parts)
            return false;
        output = Path.GetFullPath(output);
        var (name, now) = (parsed.CommandResult.Command.Name, terminal.Time.GetUtcNow());
        string[] shards = [.. Enumerable.Range(1, parts).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part}/{parts}"))];
        var script = _submit.Script(parsed, output, now, arePhotographs ? "gpu:1" : null, hardware.IsDeviceGiven(parsed), ([_shards], [_dryRun]));
        var whole = price();
        var part = whole with { Operations = whole.Operations / parts, CoreSeconds = whole.CoreSeconds / parts };
        var none = whole with { Operations = 0, CoreSeconds = 0 };
        JobArray[] arrays =
        [
            new(1, name, [.. shards.Select(shard => $"{_shard.Name} {shard}")], JobNeeds.Of(script.Settings, part), []),
            .. merge is null ? Array.Empty<JobArray>() : [new(2, $"{name}-merge", [merge(parts)], JobNeeds.Of(script.Settings, none), [1])],
        ];
        string[] what = [$"{parts} parts", "their results together"];
        if (parsed.GetValue(_dryRun))
        {
            foreach (var (jobs, own) in arrays.Zip(what))
                SubmitOptions.Print(terminal, script, jobs, own);
            return true;
        }

        OutputFolder.RequireWritable(output);
        var submission = SlurmJobs.Submit(arrays, script, [shards, ["merge"]], CommonOptions.CommandLine(parsed), now);
        SubmitOptions.Tell(terminal, arrays, what, submission);
        return true;
    }
}
