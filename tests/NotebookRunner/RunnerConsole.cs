using System.CommandLine;
using System.Globalization;
using NotebookRunner.Checks;
using NotebookRunner.Execution;
using NotebookRunner.Files;
using NotebookRunner.Runs;

namespace NotebookRunner;

/// <summary>The command line.</summary>
internal static class RunnerConsole
{
    private const int Done = 0;
    private const int Failed = 1;

    public static async Task<int> Invoke(string[] arguments)
    {
        // Notebooks show the same numbers on every machine.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("Runs C# notebooks without an editor, and checks those that are committed.") { RunCommand(), CheckCommand(), ExecuteCommand() };
        try
        {
            return await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"error: {e.Message}");
            return Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 130;
        }
    }

    private static Command RunCommand()
    {
        var notebooks = Notebooks();
        var output = new Option<string?>("--output") { Description = "Folder for the executed notebooks, their pages and an index; by default nothing is written.", HelpName = "FOLDER" };
        var timeout = new Option<double>("--timeout") { Description = "Seconds that one notebook may take.", HelpName = "SECONDS", DefaultValueFactory = _ => 3600 };
        var parallel = new Option<int>("--parallel")
        {
            Description = "Notebooks that run at a time.",
            HelpName = "N",
            // Most of what a notebook does runs on one thread.
            DefaultValueFactory = _ => Math.Max(Math.Min(2, Environment.ProcessorCount), Environment.ProcessorCount / 4),
        };
        var writeBack = new Option<bool>("--write-back") { Description = "Write the outputs into the notebooks themselves, for committing." };
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < 1e6))
                result.AddError("--timeout must be a number of seconds between 0 and 1000000.");
        });
        parallel.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--parallel must be at least 1.");
        });
        var command = new Command("run", "Runs notebooks, each in a process of its own. The exit status is 1 if one stopped, shows an empty chart, or has too large outputs.")
        {
            notebooks, output, timeout, parallel, writeBack,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = new RunSettings
            {
                Output = parsed.GetValue(output),
                Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                Parallel = parsed.GetValue(parallel),
                WriteBack = parsed.GetValue(writeBack),
            };
            if (settings.WriteBack && Environment.GetEnvironmentVariable("SEMPLES_PRESET") is { Length: > 0 } preset)
                throw new InvalidDataException($"--write-back: SEMPLES_PRESET is {preset}; notebooks are committed with the outputs of their own settings.");
            var outcomes = await new NotebookRuns(settings, Console.Out).Run(Files(parsed.GetRequiredValue(notebooks)), cancellation);
            if (settings.Output is not null)
                Console.WriteLine($"Pages: {Path.Combine(settings.Output, "index.html")}");
            return outcomes.All(outcome => outcome.Problems.Count == 0) ? Done : Failed;
        });
        return command;
    }

    private static Command CheckCommand()
    {
        var notebooks = Notebooks();
        var command = new Command("check", "Checks committed notebooks without running them: outputs made from the present code, no empty chart, not too large.") { notebooks };
        command.SetAction(parsed =>
        {
            var found = false;
            foreach (var notebook in Files(parsed.GetRequiredValue(notebooks)).Select(Notebook.Load))
            {
                foreach (var problem in NotebookCheck.Committed(notebook))
                {
                    found = true;
                    Console.WriteLine($"{notebook.Name}: {problem}");
                }
            }

            return found ? Failed : Done;
        });
        return command;
    }

    /// <summary>What the runner calls itself with.</summary>
    private static Command ExecuteCommand()
    {
        var notebook = new Argument<string>("notebook");
        var result = new Argument<string>("result");
        var command = new Command("execute", "Runs one notebook in this process.") { notebook, result };
        command.Hidden = true;
        command.SetAction((parsed, _) => NotebookExecution.Run(Notebook.Load(parsed.GetRequiredValue(notebook)), parsed.GetRequiredValue(result)));
        return command;
    }

    private static Argument<string[]> Notebooks() =>
        new("notebooks") { Description = "Notebook files, or folders of them.", HelpName = "PATH", Arity = ArgumentArity.OneOrMore };

    /// <summary>The notebooks of folders, in the order of their names, and files as they are given.</summary>
    private static List<string> Files(IEnumerable<string> paths)
    {
        var files = paths.SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.ipynb").Order(StringComparer.Ordinal) : Enumerable.Repeat(path, 1)).Select(Path.GetFullPath).ToList();
        if (files.Count == 0)
            throw new FileNotFoundException($"There are no notebooks in {string.Join(", ", paths)}.");
        foreach (var file in files.Where(file => !File.Exists(file)))
            throw new FileNotFoundException($"There is no notebook {file}.", file);
        if (files.GroupBy(Path.GetFileName).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new InvalidDataException($"Several notebooks are called {same.Key}; their pages would have the same name.");
        return files;
    }
}
