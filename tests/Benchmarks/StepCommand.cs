using System.CommandLine;
using System.Diagnostics;
using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using TorchSharp;
using TorchSharp.Modules;
using static SemPLeS.Benchmarks.MatrixProducts;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>
/// What a training step of the paper's size is spent on, beside its floor: the matrix products that it can't avoid, timed in turn with it. CLIP ViT-B/32, DeiT-S/16,
/// 224 pixels, random weights and pixels.
/// </summary>
internal sealed class StepCommand : Command
{
    private const int Side = 224;
    private const int Classes = 20;
    private const double LearningRate = 1e-6;

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
        using var step = new Step(generator, clip, prompts, batch, pairs);
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
        Console.WriteLine("stage        step   floor   ratio | generator   masks, losses   CLIP image   CLIP text   backward   optimiser");
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
        _ = (step(), floor.Sum(products => products.Run()));
        var (steps, floors, ratios) = (new List<StepTimes>(), new List<double>(), new List<double>());
        for (var i = 0; i < repeats; i++)
        {
            steps.Add(step());
            floors.Add(floor.Sum(products => products.Run()));
            ratios.Add(steps[^1].Total / floors[^1]);
        }

        Console.WriteLine(FormattableString.Invariant($"{name,-9} {Milliseconds(one => one.Total),7:0} {1000 * Median(floors),7:0} {Median(ratios),7:0.00} | {Milliseconds(one => one.Generator),9:0} {Milliseconds(one => one.Masks),15:0} {Milliseconds(one => one.Image),12:0} {Milliseconds(one => one.Text),11:0} {Milliseconds(one => one.Backward),10:0} {Milliseconds(one => one.Optimiser),11:0}"));

        double Milliseconds(Func<StepTimes, double> part) => 1000 * Median(steps.Select(part));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>Seconds of a step's parts.</summary>
    private sealed record StepTimes(double Generator, double Masks, double Image, double Text, double Backward, double Optimiser)
    {
        public double Total => Generator + Masks + Image + Text + Backward + Optimiser;
    }

    /// <summary>Steps of all stages on one batch.</summary>
    private sealed class Step : IDisposable
    {
        private readonly WeakTrGenerator _generator;
        private readonly ClipModel _clip;
        private readonly PromptLearner _prompts;
        private readonly Tensor _images;
        private readonly Tensor _labels;
        private readonly Tensor _labelFeatures;
        private readonly Tensor _promptFeatures;
        private readonly optim.Optimizer _all;
        private readonly optim.Optimizer _head;
        private readonly optim.Optimizer _learned;

        public Step(WeakTrGenerator generator, ClipModel clip, PromptLearner prompts, int batch, int pairs)
        {
            (_generator, _clip, _prompts) = (generator, clip, prompts);
            using var noGradient = no_grad();
            var pixels = new float[batch * 3 * Side * Side];
            new RandomStream(1).FillNormal(pixels);
            _images = tensor(pixels, [batch, 3, Side, Side]);
            var labels = new float[batch * Classes];
            for (var pair = 0; pair < pairs; pair++)
                labels[(pair % batch * Classes) + (pair / batch) + (pair % batch)] = 1;
            _labels = tensor(labels, [batch, Classes]);
            _labelFeatures = clip.EncodeText(ClipTokenizer.Published, ManualPrompts.Texts(PaperTexts.Voc));
            _promptFeatures = prompts.Encode(clip);
            _all = New(generator.LearnedParameters(GeneratorForm.Phase1).Select(item => item.Parameter));
            _head = New(generator.LearnedParameters(GeneratorForm.Stage).Select(item => item.Parameter));
            _learned = New(prompts.parameters());

            static optim.Optimizer New(IEnumerable<Parameter> learned) => optim.AdamW([new AdamW.ParamGroup(learned.ToArray(), LearningRate, .9, .999, 1e-8, .03)], LearningRate);
        }

        public StepTimes Phase1()
        {
            using var scope = NewDisposeScope();
            _all.zero_grad();
            _generator.train();
            var clock = new Clock();
            var generated = _generator.Forward(_images, GeneratorForm.Phase1);
            var ofGenerator = clock.Lap();
            var loss = ObjectiveSum.Phase1.Compute(new ObjectiveContext { Labels = _labels, Generated = generated, Scope = scope });
            return Finish(clock, ofGenerator, clock.Lap(), 0, 0, loss.Total, _all);
        }

        public StepTimes Matching() => OfGenerator(ObjectiveSum.Matching(2.4));

        public StepTimes Refinement() => OfGenerator(ObjectiveSum.Refinement(2.4, .05));

        public StepTimes Prompting()
        {
            using var scope = NewDisposeScope();
            _learned.zero_grad();
            var clock = new Clock();
            var features = _prompts.Encode(_clip);
            var ofText = clock.Lap();
            GeneratorOutput generated;
            using (no_grad())
                generated = _generator.Forward(_images, GeneratorForm.Stage);
            var ofGenerator = clock.Lap();
            var (ofImage, loss) = Compute(ObjectiveSum.Prompting(.02), generated, features, frozen: true, scope);
            return Finish(clock, ofGenerator, clock.Lap() - ofImage, ofImage, ofText, loss, _learned);
        }

        public void Dispose()
        {
            foreach (var tensor in new[] { _images, _labels, _labelFeatures, _promptFeatures })
                tensor.Dispose();
            foreach (var optimizer in new[] { _all, _head, _learned })
                optimizer.Dispose();
        }

        private StepTimes OfGenerator(ObjectiveSum objectives)
        {
            using var scope = NewDisposeScope();
            _head.zero_grad();
            var clock = new Clock();
            var generated = _generator.Forward(_images, GeneratorForm.Stage);
            var ofGenerator = clock.Lap();
            var (ofImage, loss) = Compute(objectives, generated, _promptFeatures, frozen: false, scope);
            return Finish(clock, ofGenerator, clock.Lap() - ofImage, ofImage, 0, loss, _head);
        }

        private (double Image, Tensor Loss) Compute(ObjectiveSum objectives, GeneratorOutput generated, Tensor promptFeatures, bool frozen, DisposeScope scope)
        {
            var seconds = 0.0;
            var context = new ObjectiveContext
            {
                Labels = _labels,
                Images = _images,
                Scope = scope,
                Generated = generated,
                MaskEpsilon = .1,
                LabelFeatures = _labelFeatures,
                PromptFeatures = promptFeatures,
                FrozenImages = frozen,
                EncodeImages = images =>
                {
                    var clock = new Clock();
                    var features = _clip.EncodeImage(images);
                    seconds += clock.Lap();
                    return features;
                },
            };
            var loss = objectives.Compute(context).Total;
            return (seconds, loss);
        }

        private static StepTimes Finish(Clock clock, double generator, double masks, double image, double text, Tensor loss, optim.Optimizer optimizer)
        {
            _ = clock.Lap();
            loss.backward();
            var backward = clock.Lap();
            optimizer.step();
            return new StepTimes(generator, masks, image, text, backward, clock.Lap());
        }
    }

    private sealed class Clock
    {
        private long _last = Stopwatch.GetTimestamp();

        /// <summary>Seconds since the last lap.</summary>
        public double Lap()
        {
            var (before, now) = (_last, Stopwatch.GetTimestamp());
            _last = now;
            return Stopwatch.GetElapsedTime(before, now).TotalSeconds;
        }
    }
}
