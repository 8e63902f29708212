using System.CommandLine;
using System.Diagnostics;
using SemPLeS.Data;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>
/// What it costs to go through a split: CAMs, CRF masks and a Segmenter's labels of pictures of 500x375 pixels, with the networks and the protocols of the paper's
/// preset for PASCAL VOC and random weights; one picture at a time, then one on each processor.
/// </summary>
internal sealed class SplitCommand : Command
{
    private const int Width = 500;
    private const int Height = 375;
    private static readonly int[] Labels = [2, 11];

    private readonly Option<int> _pictures = new("--pictures") { Description = "Pictures for CAMs and CRF.", DefaultValueFactory = _ => 8 };
    private readonly Option<int> _windows = new("--windows") { Description = "Pictures for the Segmenter, at one scale with its mirror image: two of the protocol's twelve views.", DefaultValueFactory = _ => 2 };

    public SplitCommand()
        : base("split", "Times CAMs, CRF masks and sliding windows of whole pictures, on one processor and on all.")
    {
        Add(_pictures);
        Add(_windows);
        SetAction(parsed => Run(parsed.GetRequiredValue(_pictures), parsed.GetRequiredValue(_windows)));
    }

    private static void Run(int pictures, int windows)
    {
        var preset = PaperPreset.Voc12;
        var images = Enumerable.Range(0, pictures).Select(seed => TexturedPicture.Draw(Width, Height, seed)).ToArray();
        using var generator = GeneratorStart.Random(preset.Generator, new RandomStream(0));
        generator.eval();
        using var segmenter = SegmenterStart.Random(preset.Retraining.Network, new RandomStream(0));
        segmenter.eval();
        var cams = new CamExtractor(generator, preset.Seeds.Cams, CPU);
        var predictor = new SegmenterPredictor(segmenter, preset.Retraining.Test with { Scales = [1] }, CPU);
        var seeds = TexturedPicture.Seeds(Width, Height, Labels.Length + 1);
        using var crfs = new ThreadLocal<DenseCrf>(() => new DenseCrf(preset.LabelCrf));

        Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors; libtorch {__version__}; pictures of {Width}x{Height}"));
        Console.WriteLine("what               pictures   s a picture on 1   on all   pictures a second   scaling   peak GB");
        Time("CAMs", pictures, i => cams.Extract(images[i], Labels));
        Time("CRF masks", pictures, i => crfs.Value!.Refine(images[i], seeds, Labels.Length + 1));
        using var scored = new ThreadLocal<ConfusionMatrix>(() => new ConfusionMatrix(Labels.Length + 1));
        Time("scores of labels", 50 * pictures, _ => scored.Value!.Add(seeds, seeds));
        var best = new SeedMap(Width, Height, [.. seeds.Labels.Select(label => (byte)(label % Labels.Length))], [.. seeds.Labels.Select((_, i) => i % 97 / 97f)]);
        using var swept = new ThreadLocal<ThresholdSweep>(() => new ThresholdSweep(preset.Seeds.Rule, Labels.Length + 1));
        Time("scores of seeds", 50 * pictures, _ => swept.Value!.Add(seeds, best));
        Time("sliding, 2 views", Math.Min(windows, pictures), i => predictor.Predict(images[i]));
    }

    private static void Time(string what, int count, Action<int> work)
    {
        ResidentMemory.ForgetPeak();
        work(0);
        var (one, all) = (Seconds(1), Seconds(Environment.ProcessorCount));
        Console.WriteLine(FormattableString.Invariant($"{what,-18} {count,8} {one / count,18:0.0000} {all / count,8:0.0000} {count / all,19:0.00} {one / all,9:0.00} {ResidentMemory.PeakGigabytes,9:0.00}"));

        double Seconds(int workers)
        {
            var start = Stopwatch.GetTimestamp();
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = workers }, picture =>
            {
                // The number is each thread's own.
                set_num_threads(1);
                work(picture);
            });
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
