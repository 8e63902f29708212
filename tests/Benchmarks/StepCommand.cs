using System.CommandLine;
using SemPLeS.Experiments;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>
/// What a training step of the paper's size is spent on, beside its floor: the matrix products that it can't avoid, timed in turn with it. CLIP ViT-B/32, DeiT-S/16,
/// 224 pixels, random weights and pixels.
/// </summary>
internal sealed class StepCommand : Command
{
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
        using var step = new FullSizeStep(PaperPreset.Voc12.Generator, batch, pairs);
        using var floor = new StepFloor(PaperPreset.Voc12.Generator, FullSizeStep.Clip, batch, pairs);

        Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors, {get_num_threads()} threads; libtorch {__version__}; batch {batch}, {pairs} pairs; medians of {repeats} steps, in milliseconds"));
        Console.WriteLine("stage        step   floor   ratio | generator   masks, losses   CLIP image   CLIP text   backward   optimiser   peak GB");
        Time("phase-1", step.Phase1, floor.Phase1, repeats);
        Time("stage-a", step.Matching, floor.OfGenerator, repeats);
        Time("stage-b", step.Prompting, floor.Prompting, repeats);
        Time("stage-c", step.Refinement, floor.OfGenerator, repeats);
    }

    /// <summary>A step and its floor in turn, so that what else the machine does strikes both.</summary>
    private static void Time(string name, Func<StepTimes> step, IReadOnlyList<MatrixProducts> floor, int repeats)
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
