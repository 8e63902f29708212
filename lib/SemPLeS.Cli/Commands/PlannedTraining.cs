using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Experiments;
using SemPLeS.Training;

namespace SemPLeS.Cli.Commands;

/// <summary>Trains a plan's generator, for the commands that do no more than that.</summary>
internal static class PlannedTraining
{
    /// <summary>Trains, writes the weights and, as FILE.json, the record, and prints losses and times.</summary>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="hardware">Where it computes.</param>
    /// <param name="path">The weights file to write.</param>
    /// <param name="fresh">Whether to forget an earlier training for the same file.</param>
    /// <param name="plan">Makes the plan, given the file's folder, once it is known that the file can be written.</param>
    public static void Run(Terminal terminal, ParseResult parsed, Hardware hardware, string path, bool fresh, Func<string, Phase1Plan> plan)
    {
        var (started, start) = (terminal.Time.GetUtcNow(), terminal.Time.GetTimestamp());
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        OutputFolder.RequireWritable(folder);
        var made = plan(folder);
        TrainingRecord? training = null;
        ProgressDisplay.Show(terminal, display => training = Phase1Experiment.Train(
            made,
            path,
            new ExperimentOptions { Folder = folder, Device = hardware.Device, Fresh = fresh, Training = display, Time = terminal.Time },
            terminal.Cancellation));
        var record = Phase1Record.Of(made, Path.GetFileName(path), path, training!, []);
        new RunRecord<Phase1Record>(
            CommonOptions.CommandLine(parsed), MachineRecord.Of(hardware.Threads, hardware.Device), started, terminal.Time.GetElapsedTime(start).TotalSeconds, [record])
            .Write(path + ".json");
        Tables.Epochs(terminal, training!);
        terminal.Output.WriteLine($"{training!.Steps} steps, {training.Seconds:0.0} s. Weights: {path}, fingerprint {record.WeightsFingerprint}");
    }
}
