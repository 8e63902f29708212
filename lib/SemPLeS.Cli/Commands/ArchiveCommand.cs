using System.CommandLine;
using SemPLeS.Experiments;

namespace SemPLeS.Cli.Commands;

/// <summary>Packs label maps for PASCAL VOC's evaluation server.</summary>
internal sealed class ArchiveCommand : SemplesCommand
{
    private readonly Option<string> _predictions = new("--predictions") { Description = "Folder of label maps, ID.png.", HelpName = "FOLDER", Required = true };
    private readonly Option<string> _voc = new("--voc") { Description = "The folder of VOC that holds ImageSets, or the id list itself.", HelpName = "PATH", Required = true };
    private readonly Option<string> _split = new("--split") { Description = "The id list's name.", HelpName = "NAME", DefaultValueFactory = _ => "test" };
    private readonly Option<string> _output = new("--output") { Description = "The archive: .tgz, .tar.gz, .tar or .zip.", HelpName = "FILE", Required = true };

    public ArchiveCommand(Terminal terminal)
        : base("archive", "Packs the label maps of VOC's test split as its evaluation server takes them: results/VOC2012/Segmentation/comp6_test_cls/ID.png.", terminal)
    {
        foreach (var option in new Option[] { _predictions, _voc, _split, _output })
            Add(option);
    }

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(_output);
        var count = VocTestArchive.Write(
            parsed.GetRequiredValue(_predictions), parsed.GetRequiredValue(_voc), parsed.GetRequiredValue(_split), path, Terminal.Cancellation);
        Terminal.Output.WriteLine($"{count} label maps: {path}");
    }
}
