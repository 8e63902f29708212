using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Prices;
using SemPLeS.MaskGenerator;
using SemPLeS.Weights;

namespace SemPLeS.Cli.Commands;

/// <summary>The options that say of which generator and which pictures seeds are made, and how.</summary>
internal sealed class SeedOptions
{
    private static readonly SeedProtocol[] Protocols = [PhotographPreset.Quick, PhotographPreset.Accurate, MiniPreset.Seeds];

    private readonly Option<string> _weights = new("--weights") { Description = "The trained mask generator (safetensors, or .pth of PyTorch; WeakTr's names).", HelpName = "FILE", Required = true };
    private readonly Option<string?> _voc = CommonOptions.Voc();
    private readonly Option<int?> _world = new("--world") { Description = "Or: the number of a miniature world, whose first 400 scenes are taken.", HelpName = "N" };
    private readonly Option<string> _split = new("--split") { Description = "An id list of the photographs, or train or val of a world.", HelpName = "NAME", DefaultValueFactory = _ => "train" };
    private readonly Option<string?> _protocol = new("--protocol")
    {
        Description = $"How seeds are made. {string.Join("; ", Protocols.Select(protocol => $"{protocol.Name}: {protocol.Description}"))}. [default: A for photographs, mini for a world]",
        HelpName = "NAME",
    };

    private readonly Option<double?> _threshold = new("--threshold") { Description = "A fixed background threshold in 0..1, in place of the protocol's choice.", HelpName = "T" };
    private readonly Option<string?> _statistics = new("--statistics")
    {
        Description = "Mean and standard deviation of the generator's input, imagenet or half (.5 throughout); needed when the weights file does not say.",
        HelpName = "NAME",
    };

    public SeedOptions(Command command)
    {
        _protocol.AcceptOnlyFromAmong([.. Protocols.Select(protocol => protocol.Name)]);
        _statistics.AcceptOnlyFromAmong("imagenet", "half");
        _world.Validators.Add(Checks.AtLeast(0));
        foreach (var option in new Option[] { _weights, _voc, _world, _split, _protocol, _threshold, _statistics })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_voc) is null == result.GetResult(_world) is null)
                result.AddError("Say either --voc PATH or --world N.");
        });
    }

    /// <summary>Whether pictures are photographs.</summary>
    public bool ArePhotographs(ParseResult parsed) => parsed.GetValue(_voc) is not null;

    /// <summary>Whether the background threshold was fixed.</summary>
    public bool HasThreshold(ParseResult parsed) => parsed.GetValue(_threshold) is not null;

    /// <summary>Whether the background threshold is fixed on a command line that is still checked.</summary>
    public bool HasThreshold(CommandResult result) => result.GetResult(_threshold) is not null;

    /// <summary>The split's name.</summary>
    public string Split(ParseResult parsed) => parsed.GetRequiredValue(_split);

    /// <summary>Loads the generator.</summary>
    /// <exception cref="ArgumentException">The file does not say its statistics, and no option does.</exception>
    public WeakTrGenerator Load(ParseResult parsed)
    {
        using var file = WeightsFile.Open(parsed.GetRequiredValue(_weights));
        var settings = GeneratorSettings.Read(file);
        if (!GeneratorSettings.NamesStatistics(file))
        {
            settings = settings with
            {
                Statistics = parsed.GetValue(_statistics) switch
                {
                    "imagenet" => ChannelStatistics.ImageNet,
                    "half" => ChannelStatistics.Half,
                    _ => throw new ArgumentException($"{file.FilePath} does not say by which mean and standard deviation its input is normalised: say --statistics imagenet or half."),
                },
            };
        }

        return WeakTrGenerator.Load(file, settings);
    }

    /// <summary>Opens the pictures; says how many are left out.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where it says so.</param>
    /// <param name="generator">The generator, which must be of as many classes.</param>
    /// <param name="skipDamaged">Whether damaged photographs are left out and listed.</param>
    /// <exception cref="ArgumentException">There is no such split, or it has other classes than the generator.</exception>
    public ILabelledImages Images(ParseResult parsed, Terminal terminal, WeakTrGenerator generator, bool skipDamaged = false)
    {
        var split = parsed.GetRequiredValue(_split);
        ILabelledImages images;
        if (parsed.GetValue(_voc) is { } folder)
        {
            var photographs = VocDataset.Open(folder, split, new VocOptions { SkipDamaged = skipDamaged });
            CommonOptions.TellSkipped(terminal, photographs, split);
            images = photographs;
        }
        else
        {
            var set = split switch
            {
                "train" => MiniWorldSet.Train,
                "val" => MiniWorldSet.Validation,
                _ => throw new ArgumentException($"A world has the splits train and val, not '{split}'."),
            };
            images = new MiniWorldImages(parsed.GetValue(_world)!.Value, set, MiniPreset.ScoredScenes);
        }

        if (images.ClassCount != generator.Settings.Classes)
            throw new ArgumentException($"The weights are of {generator.Settings.Classes} classes, the pictures of {images.ClassCount}.");
        return images;
    }

    /// <summary>What the seeds of all pictures are expected to cost.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where it says how many pictures are left out.</param>
    /// <param name="isRefined">Whether a CRF makes masks of them.</param>
    /// <exception cref="ArgumentException">There is no such split, or it has other classes than the generator.</exception>
    public RunPrice Price(ParseResult parsed, Terminal terminal, bool isRefined = false)
    {
        using var generator = Load(parsed);
        var images = Images(parsed, terminal, generator);
        var cams = PriceEstimate.Cams(generator.Settings, images, Protocol(parsed).Cams);
        return isRefined ? cams + PriceEstimate.Crf(images) : cams;
    }

    /// <summary>How seeds are made.</summary>
    public SeedProtocol Protocol(ParseResult parsed)
    {
        var name = parsed.GetValue(_protocol) ?? (parsed.GetValue(_voc) is null ? MiniPreset.Seeds.Name : PhotographPreset.Accurate.Name);
        var protocol = Protocols.First(protocol => protocol.Name == name);
        return parsed.GetValue(_threshold) is not { } threshold ? protocol : protocol with
        {
            Rule = new FixedThreshold(threshold),
            Description = string.Create(CultureInfo.InvariantCulture, $"{protocol.Description}; but the threshold fixed at {threshold}"),
        };
    }
}
