using System.CommandLine;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>How time and memory grow with images, classes and pixels: three points each, with the networks of the paper and random weights.</summary>
internal sealed class GrowthCommand : Command
{
    private const int Repeats = 3;
    private const int Batch = 2;

    private readonly Option<int> _images = new("--images") { Description = "Photographs of the smallest list; then four and sixteen times as many.", DefaultValueFactory = _ => 1000 };

    private readonly Option<string[]> _with = new("--with") { Description = "images, classes, pixels: with what the growth is measured.", DefaultValueFactory = _ => ["images", "classes", "pixels"], AllowMultipleArgumentsPerToken = true };

    public GrowthCommand()
        : base("growth", "Times steps, CAMs, the CRF and the opening of a split at three numbers of images, classes and pixels.")
    {
        _with.AcceptOnlyFromAmong("images", "classes", "pixels");
        Add(_images);
        Add(_with);
        SetAction(parsed =>
        {
            set_num_threads(Environment.ProcessorCount);
            Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors, {get_num_threads()} threads; libtorch {__version__}; medians of {Repeats}"));
            Console.WriteLine("what                              size   seconds   peak GB");
            foreach (var with in parsed.GetRequiredValue(_with))
            {
                if (with == "images")
                    Images(parsed.GetRequiredValue(_images));
                else if (with == "classes")
                    Classes();
                else
                    Pixels();
            }
        });
    }

    private static void Images(int smallest)
    {
        foreach (var count in new[] { smallest, 4 * smallest, 16 * smallest })
        {
            using var photographs = new DrawnPhotographs(count);
            Measure("list and labels, read anew", count, () => VocDataset.Open(photographs.Folder, DrawnPhotographs.Split));
            Console.WriteLine(FormattableString.Invariant($"{"of it kept, bytes a photograph",-31} {count,6} {Kept(photographs.Folder) / count,9:0}"));
            Measure("list and labels, remembered", count, () => VocDataset.Open(photographs.Folder, DrawnPhotographs.Split, new VocOptions { CacheFolder = photographs.Cache }));
        }
    }

    /// <summary>Managed memory that an open list holds.</summary>
    private static double Kept(string folder)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var photographs = VocDataset.Open(folder, DrawnPhotographs.Split);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(photographs);
        return after - before;
    }

    private static void Classes()
    {
        foreach (var classes in new[] { 20, 40, 80 })
        {
            using var step = new FullSizeStep(PaperPreset.Voc12.Generator with { Classes = classes }, Batch, Batch);
            Measure("step of phase 1, classes", classes, step.Phase1);
            Measure("step of stage a, classes", classes, step.Matching);
            Measure("step of stage b, classes", classes, step.Prompting);
            Measure("step of stage c, classes", classes, step.Refinement);
        }

        var image = TexturedPicture.Draw(500, 375, 3);
        foreach (var labels in new[] { 5, 10, 21 })
            Measure("dense CRF, labels", labels, () => new DenseCrf(PaperPreset.Voc12.LabelCrf).Refine(image, TexturedPicture.Seeds(500, 375, labels), labels));
    }

    private static void Pixels()
    {
        foreach (var side in new[] { 224, 320, 448 })
        {
            using var step = new FullSizeStep(PaperPreset.Voc12.Generator with { ImageSize = side }, Batch, Batch);
            Measure("step of phase 1, side", side, step.Phase1);
        }

        using var generator = GeneratorStart.Random(PaperPreset.Voc12.Generator, new RandomStream(0));
        generator.eval();
        var cams = new CamExtractor(generator, PaperPreset.Voc12.Seeds.Cams, CPU);
        foreach (var (width, height) in new[] { (250, 188), (500, 375), (750, 563) })
        {
            var image = TexturedPicture.Draw(width, height, 3);
            Measure("CAMs of a picture, width", width, () => cams.Extract(image, [2, 11]));
            Measure("dense CRF of a picture, width", width, () => new DenseCrf(PaperPreset.Voc12.LabelCrf).Refine(image, TexturedPicture.Seeds(width, height, 3), 3));
        }
    }

    private static void Measure<T>(string what, int size, Func<T> work)
    {
        ResidentMemory.ForgetPeak();
        Console.WriteLine(FormattableString.Invariant($"{what,-31} {size,6} {Median.Seconds(work, Repeats),9:0.000} {ResidentMemory.PeakGigabytes,9:0.00}"));
    }
}
