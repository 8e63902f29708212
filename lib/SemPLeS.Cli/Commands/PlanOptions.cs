using System.CommandLine;
using System.CommandLine.Parsing;
using SemPLeS.Data;
using SemPLeS.Experiments;

namespace SemPLeS.Cli.Commands;

/// <summary>The options that say what phase 1 is trained on.</summary>
internal sealed class PlanOptions
{
    private readonly Option<string?> _preset = new("--preset")
    {
        Description = "mini: a miniature world; voc-tiny: a ViT-Ti/16 on photographs. [default: voc-tiny with --voc, else mini]",
        HelpName = "NAME",
    };

    private readonly Option<int> _world = new("--world") { Description = "The miniature world's number.", HelpName = "N" };
    private readonly Option<int> _seed = new("--seed") { Description = "The training's own seed: start of head and fusion, order, augmentation.", HelpName = "N" };
    private readonly Option<string?> _voc = CommonOptions.Voc();
    private readonly Option<string?> _weights = new("--weights")
    {
        Description = "With --voc: a ViT-Ti/16 trained on ImageNet (safetensors, or .pth of PyTorch; timm's or Hugging Face's names), whose trunk the mask generator starts from.",
        HelpName = "FILE",
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "With --voc: passes over the photographs.",
        HelpName = "N",
        DefaultValueFactory = _ => PhotographPreset.DefaultEpochs,
    };

    public PlanOptions(Command command)
    {
        _preset.AcceptOnlyFromAmong(MiniPreset.Name, PhotographPreset.Name);
        _world.Validators.Add(Checks.AtLeast(0));
        _seed.Validators.Add(Checks.AtLeast(0));
        _epochs.Validators.Add(Checks.AtLeast(1));
        foreach (var option in new Option[] { _preset, _world, _seed, _voc, _weights, _epochs })
            command.Add(option);
        command.Validators.Add(result =>
        {
            bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
            var photographs = IsGiven(_voc);
            if (result.GetResult(_preset) is { Implicit: false, Tokens: [var preset] } && preset.Value == PhotographPreset.Name != photographs)
                result.AddError($"--preset {preset.Value} goes {(photographs ? "without" : "with")} --voc PATH.");
            else if (photographs && !IsGiven(_weights))
                result.AddError("--voc needs --weights FILE: a ViT-Ti/16 trained on ImageNet, as timm publishes it (vit_tiny_patch16_224), whose trunk the mask generator starts from.");
            foreach (var option in new[] { _weights, (Option)_epochs }.Where(option => !photographs && IsGiven(option)))
                result.AddError($"{option.Name} goes with --voc PATH only.");
            if (photographs && IsGiven(_world))
                result.AddError("--world and --voc exclude each other.");
        });
    }

    /// <summary>Whether photographs are trained on.</summary>
    public bool ArePhotographs(ParseResult parsed) => parsed.GetValue(_voc) is not null;

    /// <summary>Whether neither photographs nor one world were named.</summary>
    public bool IsMiniWithoutWorld(CommandResult result) => result.GetResult(_voc) is null && result.GetResult(_world) is null or { Implicit: true };

    /// <summary>The world's number.</summary>
    public int World(ParseResult parsed) => parsed.GetValue(_world);

    /// <summary>The plan for a miniature world.</summary>
    /// <exception cref="FileNotFoundException">The world has no pre-trained generator.</exception>
    public Phase1Plan Mini(ParseResult parsed, int world) => MiniPreset.Phase1Plan(world, parsed.GetValue(_seed));

    /// <summary>The plan for the whole method on a miniature world.</summary>
    /// <exception cref="FileNotFoundException">The world has no pre-trained generator or CLIP.</exception>
    public SemPLeSPlan MiniStages(ParseResult parsed, int world) => MiniStagePreset.Plan(world, parsed.GetValue(_seed));

    /// <summary>The plan for photographs; says how many are left out.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where it says so.</param>
    /// <param name="folder">A folder of the command's own; the photographs' labels, once read, are kept below it.</param>
    /// <exception cref="IOException">A file or folder is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or a photograph smaller than a patch, or a list without labelled photographs.</exception>
    public Phase1Plan Photographs(ParseResult parsed, Terminal terminal, string folder)
    {
        var voc = Path.GetFullPath(parsed.GetRequiredValue(_voc)!);
        var options = new VocOptions
        {
            MinimumSide = PhotographPreset.Generator(VocClasses.Names.Count).PatchSize,
            CacheFolder = Path.Combine(folder, "cache"),
        };
        var train = Open("train");
        var validation = VocDataset.HasSplit(voc, "val") ? Open("val") : null;
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(voc));
        return PhotographPreset.Phase1Plan(name, train, validation, parsed.GetRequiredValue(_weights)!, parsed.GetValue(_epochs), parsed.GetValue(_seed));

        VocDataset Open(string split)
        {
            var photographs = VocDataset.Open(voc, split, options);
            CommonOptions.TellSkipped(terminal, photographs, split);
            return photographs;
        }
    }
}
