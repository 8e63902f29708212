using System.CommandLine;
using System.Globalization;
using SemPLeS.Cli.Display;
using SemPLeS.Clip;
using SemPLeS.Experiments;
using SemPLeS.Training;

namespace SemPLeS.Cli.Commands;

/// <summary>Trains the CLIP of a miniature world and checks it.</summary>
internal sealed class PretrainClipCommand : PretrainCommand
{
    public PretrainClipCommand(Terminal terminal)
        : base(
            "pretrain-clip",
            "Trains a world's CLIP on captioned pictures and checks it: 18 epochs of 4000 pictures, three or four minutes of one processor.",
            "The weights file to write (safetensors, float16).",
            terminal)
    {
    }

    /// <inheritdoc/>
    private protected override void Pretrain(ParseResult parsed, Hardware hardware, int world, string path, bool fresh)
    {
        TrainingRecord? record = null;
        ProgressDisplay.Show(Terminal, display =>
            record = MiniClipPretraining.Run(world, path, hardware.Device, fresh, display, Terminal.Time, Terminal.Cancellation));
        Tables.Epochs(Terminal, record!);
        // What is stored is what will be used.
        using var clip = ClipModel.Load(path);
        Tables.Write(Terminal, "checks", ["", "measured", "expected", "within"], MiniClipChecks.Measure(clip, world).Select(Row));
        Terminal.Output.WriteLine($"World {world}, {record!.Steps} steps, {record.Seconds:0.0} s: {path}");
    }

    private static IReadOnlyList<string> Row(MiniClipCheck check) =>
        [check.Name, Text(check.Value), $"{Text(check.Low)} to {Text(check.High)}", check.IsWithin ? "yes" : "no"];

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
