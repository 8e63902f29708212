using System.CommandLine;
using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using static SemPLeS.Benchmarks.MatrixProducts;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>
/// What a training step of the paper's size is spent on, beside its floor: the matrix products that it can't avoid, timed in turn with it. CLIP ViT-B/32, DeiT-S/16,
/// 224 pixels, random weights and pixels.
/// </summary>
internal sealed class StepCommand : Command
{
    private const int Classes = 20;

    private readonly Option<int> _batch = new("--batch") { Description = "Images in a step.", DefaultValueFactory = _ => 4 };
    private readonly Option<int> _pairs = new("--pairs") { Description = "Pairs of an image and one of its classes: at least one for each image, at most two.", DefaultValueFactory = _ => 6 };
    private readonly Option<int> _repeats = new("--repeats") { Description = "Steps that are timed, each beside its floor.", DefaultValueFactory = _ => 9 };
    private readonly Option<int> _threads = new("--threads") { Description = "Processor threads.", DefaultValueFactory = _ => Environment.ProcessorCount };

    public StepCommand()
        : base("step", "Times the parts of a training step at the paper's size, and the matrix products that it can't avoid.")
    {
        foreach (var option in new Option[] { _batch, _pairs, _repeats, _threads })
            Add(option);
        SetAction(parsed => Run(parsed));
    }

    private void Run(ParseResult parsed)
    {
        set_num_threads(parsed.GetRequiredValue(_threads));
        var (batch, pairs, repeats) = (parsed.GetRequiredValue(_batch), parsed.GetRequiredValue(_pairs), parsed.GetRequiredValue(_repeats));
        var clipSettings = new ClipSettings();
        using var generator = GeneratorStart.Random(PaperPreset.Voc12.Generator with { StochasticDepth = 0 }, new RandomStream(0));
        using var clip = ClipStart.Random(clipSettings, new RandomStream(7));
        clip.Freeze();
        using var prompts = PromptLearner.Start(clipSettings, Classes, PaperPreset.Voc12.Stages.PromptLength, PaperPreset.Template, new RandomStream(0));
        using var step = new FullSizeStep(generator, clip, prompts, batch, pairs);
        var network = generator.Settings;
        var (tokens, patches, seen) = (Classes + (network.Grid * network.Grid), network.Grid * network.Grid, 2 * pairs);
        using var trunk = new MatrixProducts()
            .Linear(Pass.Forward, (long)batch * patches, 3L * network.PatchSize * network.PatchSize, network.Width)
            .Transformer(Pass.Forward, batch, tokens, network.Width, network.Heads, network.Depth);
        using var trunkBack = new MatrixProducts()
            .Linear(Pass.WeightGradient, (long)batch * patches, 3L * network.PatchSize * network.PatchSize, network.Width)
            .Transformer(Pass.InputGradient | Pass.WeightGradient, batch, tokens, network.Width, network.Heads, network.Depth);
        using var both = Image(Pass.Forward, seen);
        using var bothBack = Image(Pass.InputGradient, seen);
        using var backgrounds = Image(Pass.Forward, pairs);
        var textTokens = PaperPreset.Template.TokensWith(PaperPreset.Voc12.Stages.PromptLength);
        using var text = Text(Pass.Forward);
        using var textBack = Text(Pass.InputGradient);

        Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors, {get_num_threads()} threads; libtorch {__version__}; batch {batch}, {pairs} pairs; medians of {repeats} steps, in milliseconds"));
        Console.WriteLine("stage        step   floor   ratio | generator   masks, losses   CLIP image   CLIP text   backward   optimiser   peak GB");
        Time("phase-1", step.Phase1, [trunk, trunkBack], repeats);
        Time("stage-a", step.Matching, [trunk, both, bothBack], repeats);
        Time("stage-b", step.Prompting, [trunk, backgrounds, text, textBack], repeats);
        Time("stage-c", step.Refinement, [trunk, both, bothBack], repeats);

        MatrixProducts Image(Pass passes, int images) => new MatrixProducts()
            .Linear(passes, (long)images * clipSettings.Grid * clipSettings.Grid, 3L * clipSettings.PatchSize * clipSettings.PatchSize, clipSettings.VisionWidth)
            .Transformer(passes, images, 1 + (clipSettings.Grid * clipSettings.Grid), clipSettings.VisionWidth, clipSettings.VisionHeads, clipSettings.VisionLayers, lastTokens: 1);

        MatrixProducts Text(Pass passes) => new MatrixProducts()
            .Transformer(passes, Classes, textTokens, clipSettings.TextWidth, clipSettings.TextHeads, clipSettings.TextLayers, lastTokens: 1);
    }

    /// <summary>A step and its floor in turn, so that what else the machine does strikes both.</summary>
    private static void Time(string name, Func<StepTimes> step, MatrixProducts[] floor, int repeats)
    {
        ResidentMemory.ForgetPeak();
        _ = (step(), floor.Sum(products => products.Run()));
        var (steps, floors, ratios) = (new List<StepTimes>(), new List<double>(), new List<double>());
        for (var i = 0; i < repeats; i++)
        {
            steps.Add(step());
            floors.Add(floor.Sum(products => products.Run()));
            ratios.Add(steps[^1].Total / floors[^1]);
        }

        Console.WriteLine(FormattableString.Invariant($"{name,-9} {Milliseconds(one => one.Total),7:0} {1000 * Median.Of(floors),7:0} {Median.Of(ratios),7:0.00} | {Milliseconds(one => one.Generator),9:0} {Milliseconds(one => one.Masks),15:0} {Milliseconds(one => one.Image),12:0} {Milliseconds(one => one.Text),11:0} {Milliseconds(one => one.Backward),10:0} {Milliseconds(one => one.Optimiser),11:0} {ResidentMemory.PeakGigabytes,9:0.0}"));

        double Milliseconds(Func<StepTimes, double> part) => 1000 * Median.Of(steps.Select(part));
    }
}
