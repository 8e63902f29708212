using System.CommandLine;
using System.Diagnostics;
using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Prices;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using SemPLeS.Training;
using SemPLeS.TrainingFree;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>What parts of the method are expected to cost by their sizes alone, beside what they do: each in a process of its own, whose peak is the part's.</summary>
internal sealed class PriceCommand : Command
{
    private const int Steps = 3;
    private const int Pictures = 4;
    private static readonly PaperPreset Preset = PaperPreset.Voc12;

    private static readonly IReadOnlyDictionary<string, Func<ILabelledImages, (RunPrice Price, Action Work)>> Parts =
        new Dictionary<string, Func<ILabelledImages, (RunPrice, Action)>>
        {
            ["phase 1, batch 8"] = images => Phase1(images, 8),
            ["phase 1, batch 16"] = images => Phase1(images, 16),
            ["stage a, batch 8"] = images => Matching(images, 8),
            ["stage a, batch 16"] = images => Matching(images, 16),
            ["stage b, batch 8"] = images => Prompting(images, 8),
            ["CAMs"] = Cams,
            ["CAMs of CLIP-ES"] = ClipEs,
            ["CRF"] = Crf,
            ["retraining, batch 2"] = images => Retraining(images, 2),
            ["retraining, batch 4"] = images => Retraining(images, 4),
            ["labels, 2 views"] = Labels,
        };

    private readonly Option<string?> _part = new("--part") { Description = "This part alone, in this process." };

    public PriceCommand()
        : base("price", "Compares what parts of the method are expected to cost with what they do.")
    {
        Add(_part);
        SetAction(parsed =>
        {
            if (parsed.GetValue(_part) is { } part)
                Measure(part);
            else
                All();
        });
    }

    private static void All()
    {
        Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors; libtorch {__version__}; pictures of 500x375, two classes each"));
        Console.WriteLine("part                  GFLOP expected         s   GFLOP/s   GB expected   GB at most");
        foreach (var part in Parts.Keys)
        {
            using var process = Process.Start(Environment.ProcessPath!, [typeof(PriceCommand).Assembly.Location, "price", "--part", part]);
            process.WaitForExit();
        }
    }

    private static void Measure(string part)
    {
        set_num_threads(Environment.ProcessorCount);
        using var photographs = new DrawnPhotographs(Pictures);
        using var scope = NewDisposeScope();
        var (price, work) = Parts[part](VocDataset.Open(photographs.Folder, DrawnPhotographs.Split));
        var clock = new Clock();
        work();
        var (seconds, gigaflop) = (clock.Lap(), price.Operations / 1e9);
        Console.WriteLine(FormattableString.Invariant(
            $"{part,-21} {gigaflop,14:0} {seconds,9:0.0} {gigaflop / seconds,9:0} {price.MainBytes(onGpu: false, 1) / 1e9,13:0.0} {ResidentMemory.PeakGigabytes,12:0.0}{(price.CoreSeconds > 0 ? FormattableString.Invariant($"   ({price.CoreSeconds:0.00} s expected)") : "")}"));
    }

    private static (RunPrice, Action) Phase1(ILabelledImages pictures, int batch)
    {
        var images = new RepeatedImages(pictures, Steps * batch);
        var settings = (Preset with { Phase1Batch = batch, Phase1Epochs = 1 }).Phase1(images.Count, 0);
        var trainer = SemPLeS.Training.Phase1.Trainer(GeneratorStart.Random(Preset.Generator, new RandomStream(0)), images, settings, CPU);
        return (PriceEstimate.Phase1(Preset.Generator, images, settings), () => trainer.Run());
    }

    private static (RunPrice, Action) Matching(ILabelledImages pictures, int batch)
    {
        var (images, clip, settings) = Stages(pictures, batch);
        var stage = StageMatching.Prepare(GeneratorStart.Random(Preset.Generator, new RandomStream(0)), clip, images, settings.Matching, CPU);
        return (PriceEstimate.OfGenerator(Preset.Generator, clip.Model.Settings, images, settings.Matching.Training), () => stage.Run());
    }

    private static (RunPrice, Action) Prompting(ILabelledImages pictures, int batch)
    {
        var (images, clip, settings) = Stages(pictures, batch);
        var prompts = PromptLearner.Start(clip.Model.Settings, Preset.Generator.Classes, settings.PromptLength, PaperPreset.Template, new RandomStream(0));
        var stage = StagePrompting.Prepare(prompts, GeneratorStart.Random(Preset.Generator, new RandomStream(0)), clip, images, settings.Prompting, CPU);
        var price = PriceEstimate.OfPrompts(Preset.Generator, clip.Model.Settings, images, settings.Prompting.Training, PaperPreset.Template.TokensWith(settings.PromptLength));
        return (price, () => stage.Run());
    }

    private static (RepeatedImages Images, StageClip Clip, SchemeSettings Settings) Stages(ILabelledImages pictures, int batch)
    {
        var images = new RepeatedImages(pictures, Steps * batch);
        var stages = Preset.Stages with { MatchingBatch = batch, PromptBatch = batch, RefinementBatch = batch, Epochs = 1 };
        return (images, Preset.Labels(ClipStart.Random(new ClipSettings(), new RandomStream(7)), CPU), stages.Settings(images.Count));
    }

    private static (RunPrice, Action) Cams(ILabelledImages images)
    {
        var generator = GeneratorStart.Random(Preset.Generator, new RandomStream(0));
        generator.eval();
        var extractor = new CamExtractor(generator, Preset.Seeds.Cams, CPU);
        return (PriceEstimate.Cams(Preset.Generator, images, Preset.Seeds.Cams), () => ForEach(images, index => extractor.Extract(images.Image(index), images.Labels(index))));
    }

    private static (RunPrice, Action) ClipEs(ILabelledImages images)
    {
        var extractor = new ClipEsExtractor(ClipStart.Random(new ClipSettings(), new RandomStream(7)), ClipTokenizer.Published, Preset.ClipEs, CPU);
        return (PriceEstimate.ClipEs(new ClipSettings(), images), () => ForEach(images, index => extractor.Extract(images.Image(index), images.Labels(index))));
    }

    private static (RunPrice, Action) Crf(ILabelledImages images)
    {
        var crf = new DenseCrf(Preset.LabelCrf);
        return (PriceEstimate.Crf(images), () => ForEach(images, index => crf.Refine(images.Image(index), images.Truth(index), images.Labels(index))));
    }

    private static (RunPrice, Action) Retraining(ILabelledImages pictures, int batch)
    {
        var images = new RepeatedImages(pictures, Steps * batch);
        var settings = Preset.Retraining.Settings(images.Count);
        settings = settings with { Training = settings.Training with { Epochs = 1, BatchSize = batch } };
        var trainer = OnlineRetraining.Trainer(SegmenterStart.Random(Preset.Retraining.Network, new RandomStream(0)), images, settings, CPU);
        return (PriceEstimate.Retraining(Preset.Retraining.Network, images, settings.Training), () => trainer.Run());
    }

    private static (RunPrice, Action) Labels(ILabelledImages images)
    {
        var (segmenter, test) = (SegmenterStart.Random(Preset.Retraining.Network, new RandomStream(0)), Preset.Retraining.Test with { Scales = [1] });
        segmenter.eval();
        var predictor = new SegmenterPredictor(segmenter, test, CPU);
        return (PriceEstimate.Labels(Preset.Retraining.Network, images, test), () => ForEach(images, index => predictor.Predict(images.Image(index))));
    }

    private static void ForEach<T>(ILabelledImages images, Func<int, T> work)
    {
        for (var index = 0; index < images.Count; index++)
        {
            using var scope = NewDisposeScope();
            _ = work(index);
        }
    }
}
