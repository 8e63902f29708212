using System.CommandLine;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using SemPLeS.Training;
using static SemPLeS.Benchmarks.MatrixProducts;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>
/// What the whole method costs on a data set of the paper: the measured time of an image in each part, times the images and epochs of the preset. A GPU's hours
/// follow from the multiplications and additions alone.
/// </summary>
internal sealed class ScaleCommand : Command
{
    private const int Batch = 4;
    private const int SegmenterSteps = 4;

    private readonly Option<int> _repeats = new("--repeats") { Description = "Measurements of each part, of which the median counts.", DefaultValueFactory = _ => 3 };
    private readonly Option<double> _teraflops = new("--teraflops") { Description = "What a GPU sustains.", DefaultValueFactory = _ => 10 };

    public ScaleCommand()
        : base("scale", "Measures an image's cost in each part of the method, and says what the paper's data sets come to.")
    {
        Add(_repeats);
        Add(_teraflops);
        SetAction(parsed =>
        {
            set_num_threads(Environment.ProcessorCount);
            Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors, {get_num_threads()} threads; libtorch {__version__}; a GPU at {parsed.GetRequiredValue(_teraflops)} TFLOP/s"));
            // Pairs of an image and one of its classes: 1.5 of an image in VOC's train_aug, 2.9 in COCO's train2014.
            Run(PaperPreset.Voc12, pairs: 6, 500, 375, parsed.GetRequiredValue(_repeats), parsed.GetRequiredValue(_teraflops));
            Run(PaperPreset.Coco14, pairs: 12, 640, 480, parsed.GetRequiredValue(_repeats), parsed.GetRequiredValue(_teraflops));
            ResidentMemory.Tell();
        });
    }

    private static void Run(PaperPreset preset, int pairs, int width, int height, int repeats, double teraflops)
    {
        Console.WriteLine();
        Console.WriteLine($"{preset.Title,-28}     images   epochs   s an image   GFLOP   CPU hours   GPU hours");
        var splits = preset.Splits;
        var (cpu, gpu) = (0.0, 0.0);
        using (var step = new FullSizeStep(preset.Generator, Batch, pairs))
        using (var floor = new StepFloor(preset.Generator, FullSizeStep.Clip, Batch, pairs))
        {
            Add("phase 1", splits.TrainingImages, preset.Phase1Epochs, Seconds(step.Phase1) / Batch, Operations(floor.Phase1) / Batch);
            Add("stage a", splits.TrainingImages, preset.Stages.Epochs, Seconds(step.Matching) / Batch, Operations(floor.OfGenerator) / Batch);
            // The prompts are encoded, and learn, once in a step, whose batch is larger than the measured one.
            var (text, prompting) = (Operations(floor.Prompting.Skip(2)), Enumerable.Range(0, repeats + 1).Select(_ => step.Prompting()).ToList());
            var ofText = Median.Of(prompting.Skip(1).Select(times => times.Text + times.Backward));
            var seconds = ((Median.Of(prompting.Skip(1).Select(times => times.Total)) - ofText) / Batch) + (ofText / preset.Stages.PromptBatch);
            Add("stage b", splits.TrainingImages, preset.Stages.Epochs, seconds, ((Operations(floor.Prompting) - text) / Batch) + (text / preset.Stages.PromptBatch));
            Add("stage c", splits.TrainingImages, preset.Stages.Epochs, Seconds(step.Refinement) / Batch, Operations(floor.OfGenerator) / Batch);
        }

        using (var generator = GeneratorStart.Random(preset.Generator, new RandomStream(0)))
        {
            generator.eval();
            var (image, cams) = (TexturedPicture.Draw(width, height, 3), new CamExtractor(generator, preset.Seeds.Cams, CPU));
            var views = preset.Seeds.Cams.Scales.Sum(scale => 2 * TrunkOperations(preset.Generator, (int)(scale * width), (int)(scale * height)));
            Add("CAMs", splits.TrainingImages, 1, Seconds(() => cams.Extract(image, [2, 11])), views);
            var crf = new DenseCrf(preset.LabelCrf);
            Add("masks: CRF, never on a GPU", splits.TrainingImages, 1, Seconds(() => crf.Refine(image, TexturedPicture.Seeds(width, height, 4), 4)), null);
        }

        var network = preset.Retraining.Network;
        using (var segmenter = SegmenterStart.Random(network, new RandomStream(0)))
        {
            Add("retraining", splits.TrainingImages, preset.Retraining.Epochs, SegmenterSeconds(preset.Retraining) / Batch, SegmenterOperations(network, preset.Retraining.Test.Window, back: true));
            segmenter.eval();
            var picture = TexturedPicture.Draw(width, height, 3);
            var test = preset.Retraining.Test;
            var predictor = new SegmenterPredictor(segmenter, test with { Scales = [1] }, CPU);
            var views = test.Scales.Sum(scale => 2.0 * Windows(test, scale, width, height)) * SegmenterOperations(network, test.Window, back: false);
            // Two of the views are measured; the others have the windows that they have.
            var all = test.Scales.Sum(scale => (double)Windows(test, scale, width, height)) / Windows(test, 1, width, height);
            Add("labels of the validation set", splits.ValidationImages, 1, all * Seconds(() => predictor.Predict(picture)), views);
        }

        Console.WriteLine(FormattableString.Invariant($"{"all of it",-28} {cpu,52:0} {gpu,11:0.0}"));

        double Seconds<T>(Func<T> work) => Median.Seconds(work, repeats);

        void Add(string what, int images, int epochs, double seconds, double? operations)
        {
            var hours = seconds * images * epochs / 3600;
            var ofGpu = operations is { } count ? count * images * epochs / (teraflops * 1e12) / 3600 : hours;
            (cpu, gpu) = (cpu + hours, gpu + ofGpu);
            Console.WriteLine(FormattableString.Invariant($"{what,-28} {images,10} {epochs,8} {seconds,12:0.000} {operations / 1e9,7:0} {hours,11:0.0} {ofGpu,11:0.00}"));
        }
    }

    /// <summary>A step on drawn photographs, loading included. They have VOC's labels, of which the step's time does not depend.</summary>
    private static double SegmenterSeconds(PaperRetrainingPreset preset)
    {
        using var photographs = new DrawnPhotographs(Batch);
        var images = new RepeatedImages(VocDataset.Open(photographs.Folder, DrawnPhotographs.Split), Batch * (SegmenterSteps + 1));
        var settings = preset.Settings(images.Count);
        using var segmenter = SegmenterStart.Random(preset.Network with { Labels = images.ClassCount + 1 }, new RandomStream(0));
        var (laps, clock) = (new List<double>(), new Clock());
        _ = OnlineRetraining.Trainer(segmenter, images, settings with { Training = settings.Training with { Epochs = 1 } }, CPU)
            .Run(new TrainingOptions { Progress = new EveryStep(() => laps.Add(clock.Lap())) });
        return Median.Of(laps.Skip(1));
    }

    private static double Operations(IEnumerable<MatrixProducts> products) => products.Sum(one => one.FloatingOperations);

    private static double TrunkOperations(GeneratorSettings network, int width, int height)
    {
        using var products = new MatrixProducts()
            .Transformer(Pass.Forward, 1, network.Classes + (width / network.PatchSize * (height / network.PatchSize)), network.Width, network.Heads, network.Depth);
        return products.FloatingOperations;
    }

    private static double SegmenterOperations(SegmenterSettings network, int side, bool back)
    {
        var (passes, patches) = (back ? Pass.Forward | Pass.InputGradient | Pass.WeightGradient : Pass.Forward, side / network.PatchSize * (side / network.PatchSize));
        using var products = new MatrixProducts()
            .Transformer(passes, 1, 1 + patches, network.Width, network.Heads, network.Depth)
            .Transformer(passes, 1, patches + network.Labels, network.Width, network.Heads, network.DecoderDepth);
        return products.FloatingOperations;
    }

    /// <summary>Windows that cover a picture at one ratio.</summary>
    private static int Windows(PredictionSettings settings, double scale, int width, int height)
    {
        var shortSide = Math.Max(settings.ShortSide!.Value * scale, settings.Window);
        return Along(shortSide) * Along(shortSide * Math.Max(width, height) / Math.Min(width, height));

        int Along(double side) => 1 + (int)Math.Ceiling(Math.Max(0, side - settings.Window) / settings.Stride);
    }

    private sealed class EveryStep(Action act) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => act();
    }
}
