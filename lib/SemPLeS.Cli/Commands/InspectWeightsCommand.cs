using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SemPLeS.Cli.Display;
using SemPLeS.Weights;

namespace SemPLeS.Cli.Commands;

/// <summary>Shows what a weights file holds.</summary>
internal sealed class InspectWeightsCommand : SemplesCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "A weights file: safetensors, or .pth, .pt, .bin of PyTorch." };

    private readonly Option<bool> _load = new("--load") { Description = "Load the network too, and say how long that took and how much memory." };

    public InspectWeightsCommand(Terminal terminal)
        : base("inspect", "Lists the tensors of a weights file, with shapes, types and totals, and says what model they are.", terminal)
    {
        Add(_file);
        Add(_load);
    }

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        using var file = WeightsFile.Open(parsed.GetRequiredValue(_file));
        var entries = file.Names.Select(file.Entry).ToArray();
        Tables.Write(
            Terminal,
            $"{file.FilePath}, {FormatName(file.Format)}",
            ["tensor", "shape", "type"],
            entries.Select(entry => new[] { Printable(entry.Name), $"[{string.Join(", ", entry.Shape)}]", TypeName(entry) }));
        foreach (var (key, value) in file.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Terminal.Output.WriteLine($"{Printable(key)}: {Printable(value)}");
        foreach (var type in entries.GroupBy(TypeName).OrderBy(type => type.Key, StringComparer.Ordinal))
            Terminal.Output.WriteLine(Total(type.Key, type));
        Terminal.Output.WriteLine($"{Total("in all", entries)}. {ModelDescription.Of(file)}");
        if (parsed.GetValue(_load))
            Load(file);
    }

    private void Load(WeightsFile file)
    {
        var (start, busy) = (Terminal.Time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        using var network = ModelDescription.Load(file);
        var (seconds, busySeconds) = (Terminal.Time.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - busy).TotalSeconds);
        var size = network.parameters().Sum(parameter => parameter.NumberOfElements) * sizeof(float);
        using var process = Process.GetCurrentProcess();
        Terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Loaded in {seconds:0.00} s, {busySeconds:0.00} s of processor time; weights {size / 1e6:0} MB in float32, peak memory of the process {process.PeakWorkingSet64 / 1e6:0} MB."));
    }

    private static string Total(string what, IEnumerable<WeightsEntry> entries) => string.Create(
        CultureInfo.InvariantCulture, $"{what}: {entries.Count()} tensors, {entries.Sum(Count):N0} numbers, {entries.Sum(entry => Count(entry) * WeightsFile.SizeOf(entry.DataType)) / 1e6:0.0##} MB");

    private static long Count(WeightsEntry entry) => entry.Shape.Aggregate(1L, (product, size) => product * size);

    private static string TypeName(WeightsEntry entry) => WeightsFile.NameOf(entry.DataType);

    /// <summary>A text of the file without what a terminal would obey.</summary>
    private static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));

    private static string FormatName(WeightsFormat format) => format switch
    {
        WeightsFormat.Safetensors => "safetensors",
        WeightsFormat.TorchZip => "a PyTorch checkpoint (zip)",
        WeightsFormat.TorchLegacy => "a PyTorch checkpoint (before 1.6)",
        _ => "a TorchScript archive",
    };
}
