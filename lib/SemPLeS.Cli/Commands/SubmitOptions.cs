using System.CommandLine;
using SemPLeS.Cli.Slurm;

namespace SemPLeS.Cli.Commands;

/// <summary>The options that hand work in to a cluster, and how its scripts come about.</summary>
internal sealed class SubmitOptions
{
    private readonly Option<string?> _cluster = new("--cluster")
    {
        Description = $"With --submit: what the cluster wants of a job, in JSON: partition, account, qos, gres, cpus, memoryGigabytes, memoryMargin, teraflops, hours, margin, leastMinutes, atOnce, signalSeconds, setup, container, program, sbatch. [default: {ClusterSettings.DefaultFile}, if it is there]",
        HelpName = "FILE",
    };

    /// <summary>Adds the options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="description">What --submit does there.</param>
    public SubmitOptions(Command command, string description)
    {
        Submit = new("--submit") { Description = description, HelpName = "ENGINE" };
        Submit.AcceptOnlyFromAmong("slurm");
        command.Add(Submit);
        command.Add(_cluster);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_cluster) is not null && result.GetResult(Submit) is null)
                result.AddError($"{_cluster.Name} goes with {Submit.Name}.");
        });
    }

    /// <summary>The engine's name.</summary>
    public Option<string?> Submit { get; }

    /// <summary>Whether work is to be handed in.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(Submit) is not null;

    /// <summary>How scripts are written.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="folder">What the scripts' folder lies in, which all nodes see.</param>
    /// <param name="now">When.</param>
    /// <param name="gres">Generic resources where the cluster's file names none.</param>
    /// <param name="namesDevice">Whether the command line says where to compute; else jobs with a GPU compute on it.</param>
    /// <param name="without">Options with a value, and options without, that jobs are not given.</param>
    public SlurmScript Script(ParseResult parsed, string folder, DateTimeOffset now, string? gres, bool namesDevice, (IReadOnlyList<Option> Valued, IReadOnlyList<Option> Bare) without)
    {
        var settings = parsed.GetValue(_cluster) is { } file ? ClusterSettings.Read(file) : File.Exists(ClusterSettings.DefaultFile) ? ClusterSettings.Read(ClusterSettings.DefaultFile) : new ClusterSettings();
        settings = settings with { Gres = settings.Gres ?? gres };
        string[] program = settings.Program is { } named ? [named] : [Environment.ProcessPath!, typeof(SubmitOptions).Assembly.Location];
        string[] device = !namesDevice && settings.HasGpu ? ["--device", "cuda"] : [];
        return new SlurmScript(
            settings,
            Submission.NewFolder(folder, now),
            Environment.CurrentDirectory,
            [.. program, .. Arguments(parsed, [Submit.Name, _cluster.Name, .. without.Valued.Select(option => option.Name)], [.. without.Bare.Select(option => option.Name)]), .. device]);
    }

    /// <summary>Prints a script, and what its jobs are.</summary>
    public static void Print(Terminal terminal, SlurmScript script, JobArray jobs, string what) =>
        terminal.Output.WriteLine($"# {SlurmScript.File(jobs.Number)}{(jobs.After.Count > 0 ? $", after {string.Join(" and ", jobs.After.Select(SlurmScript.File))}" : "")}: {what}\n# expected: {jobs.Needs}\n{script.Of(jobs)}");

    /// <summary>Says what was handed in.</summary>
    public static void Tell(Terminal terminal, IReadOnlyList<JobArray> arrays, IReadOnlyList<string> what, Submission submission)
    {
        foreach (var ((jobs, own), level) in arrays.Zip(what).Zip(submission.Levels))
            terminal.Output.WriteLine($"Job {level.Job}: {own}{(jobs.After.Count > 0 ? $", after {string.Join(" and ", jobs.After.Select(number => submission.Levels[number - 1].Job))}" : "")}");
        terminal.Output.WriteLine($"Scripts and what the jobs say: {submission.Folder}");
    }

    private static IEnumerable<string> Arguments(ParseResult parsed, string[] valued, string[] bare)
    {
        var tokens = parsed.Tokens.Select(token => token.Value).ToArray();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (valued.Contains(tokens[i]))
                i++;
            else if (!bare.Contains(tokens[i]))
                yield return tokens[i];
        }
    }
}
