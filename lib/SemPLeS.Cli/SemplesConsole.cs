using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using SemPLeS.Cli.Commands;
using SemPLeS.Training;

namespace SemPLeS.Cli;

/// <summary>The console `semples`.</summary>
public static class SemplesConsole
{
    /// <summary>Exit status: everything was done.</summary>
    public const int Done = 0;

    /// <summary>Exit status: a file, folder or value was not what the command needs.</summary>
    public const int Failed = 1;

    /// <summary>Exit status: the command line was not understood.</summary>
    public const int WrongUsage = 2;

    /// <summary>Exit status: an error of this program.</summary>
    public const int Defect = 70;

    /// <summary>Exit status: stopped by Ctrl-C.</summary>
    public const int Stopped = 130;

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">The arguments, such as run --world 3.</param>
    /// <param name="terminal">Where it writes.</param>
    /// <returns>The exit status.</returns>
    public static int Invoke(IReadOnlyList<string> arguments, Terminal terminal)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(terminal);
        return Invoke(Commands(terminal), arguments, terminal);
    }

    /// <summary>Runs one command line of another program.</summary>
    /// <param name="root">What the program can do.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="terminal">Where it writes.</param>
    /// <returns>The exit status.</returns>
    internal static int Invoke(Command root, IReadOnlyList<string> arguments, Terminal terminal)
    {
        var parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
            return Misunderstood(parsed, terminal);
        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (OperationCanceledException) when (terminal.Cancellation.IsCancellationRequested)
        {
            terminal.Error.WriteLine($"Stopped. {(parsed.CommandResult.Command as SemplesCommand)?.AfterStop}");
            return Stopped;
        }
        catch (Exception exception) when (IsOutOfMemory(exception))
        {
            terminal.Error.WriteLine($"error: there is not enough memory: {Line(exception)}");
            return Failed;
        }
        catch (Exception exception) when (ConcernsTheUser(exception))
        {
            terminal.Error.WriteLine($"error: {Line(exception)}");
            return Failed;
        }
        catch (Exception exception)
        {
            terminal.Error.WriteLine(exception);
            return Defect;
        }
    }

    private static RootCommand Commands(Terminal terminal) =>
        new("SemPLeS: semantic prompt learning for weakly supervised semantic segmentation.")
        {
            new RunCommand(terminal),
            new TrainCommand(terminal),
            new SeedsCommand(terminal),
            new MasksCommand(terminal),
            new RetrainCommand(terminal),
            new LabelCommand(terminal),
            new EvaluateCommand(terminal),
            new ArchiveCommand(terminal),
            new TableCommand(terminal),
            new SweepCommand(terminal),
            new PresetCommand(terminal),
            new DoctorCommand(terminal),
            new StoreCommand(terminal),
            new WeightsCommand(terminal),
            new MiniCommand(terminal),
        };

    private static int Misunderstood(ParseResult parsed, Terminal terminal)
    {
        foreach (var error in parsed.Errors)
            terminal.Error.WriteLine($"error: {error.Message}");
        var names = new List<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = result.Parent)
            names.Insert(0, command.Command is RootCommand ? "semples" : command.Command.Name);
        terminal.Error.WriteLine($"`{string.Join(' ', names)} --help` says what there is.");
        return WrongUsage;
    }

    /// <summary>.NET's own, or libtorch's for main memory or a GPU's.</summary>
    private static bool IsOutOfMemory(Exception exception) => exception is OutOfMemoryException
        || (exception is ExternalException && (exception.Message.Contains("can't allocate memory", StringComparison.Ordinal) || exception.Message.Contains("out of memory", StringComparison.Ordinal)));

    /// <summary>InvalidOperationException stands for misuse where the library throws it; where .NET does, the program is wrong.</summary>
    private static bool ConcernsTheUser(Exception exception) => exception switch
    {
        InvalidDataException or ArgumentException or IOException or UnauthorizedAccessException or TrainingDivergedException => true,
        InvalidOperationException => exception.TargetSite?.DeclaringType?.Assembly is { } thrower && (thrower == typeof(Trainer).Assembly || thrower == typeof(SemplesConsole).Assembly),
        _ => false,
    };

    /// <summary>The message in one line, without the name of the parameter that .NET appends.</summary>
    private static string Line(Exception exception)
    {
        var message = exception.Message;
        if (exception is ArgumentException { ParamName: { Length: > 0 } name })
            message = message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal);
        return message.ReplaceLineEndings(" ");
    }
}
