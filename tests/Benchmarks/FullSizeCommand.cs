using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>
/// Phase 1 and stages a, b and c with the networks of the paper, CLIP ViT-B/32 and DeiT-S/16 at 224 pixels, on photographs. Weights are random, so nothing is learned
/// that means anything: what it tells is that losses stay finite, and what a step costs.
/// </summary>
internal sealed class FullSizeCommand : Command
{
    // Where the cosines of a random CLIP are negative, losses are clamped and nothing learns: this one's lie between .04 and .10.
    private const long ClipSeed = 7;

    private readonly Argument<string> _voc = new("VOC") { Description = "The folder that holds JPEGImages; its list train is used." };
    private readonly Option<int> _steps = new("--steps") { Description = "Steps of each stage.", DefaultValueFactory = _ => 20 };
    private readonly Option<int> _batch = new("--batch") { Description = "Images in a step.", DefaultValueFactory = _ => 8 };
    private readonly Option<int?> _microBatch = new("--micro-batch") { Description = "Images that go through the networks at once." };
    private readonly Option<string> _device = new("--device") { Description = "cpu, cuda or cuda:1.", DefaultValueFactory = _ => "cpu" };
    private readonly Option<int> _threads = new("--threads") { Description = "Processor threads.", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<bool> _bfloat16 = new("--bfloat16") { Description = "CLIP and, in the stages, the generator's trunk in bfloat16." };
    private readonly Option<int> _losses = new("--losses") { Description = "Steps whose losses are printed one by one.", DefaultValueFactory = _ => 0 };

    public FullSizeCommand()
        : base("full-size", "Trains a few steps of phase 1 and of each stage at the paper's size, with random weights.")
    {
        foreach (var symbol in new Option[] { _steps, _batch, _microBatch, _device, _threads, _bfloat16, _losses })
            Add(symbol);
        Add(_voc);
        SetAction(parsed => Run(parsed));
    }

    private void Run(ParseResult parsed)
    {
        set_num_threads(parsed.GetRequiredValue(_threads));
        var device = torch.device(parsed.GetRequiredValue(_device));
        var frozen = parsed.GetValue(_bfloat16) ? ScalarType.BFloat16 : ScalarType.Float32;
        var (steps, batch) = (parsed.GetRequiredValue(_steps), parsed.GetRequiredValue(_batch));
        var photographs = VocDataset.Open(parsed.GetRequiredValue(_voc), "train");
        var images = new RepeatedImages(photographs, steps * batch);
        var preset = PaperPreset.Voc12 with
        {
            Phase1Batch = batch,
            Phase1Epochs = 1,
            Stages = PaperStagePreset.Voc12 with { MatchingBatch = batch, PromptBatch = batch, RefinementBatch = batch, Epochs = 1 },
        };
        var folder = Directory.CreateTempSubdirectory("full-size");
        try
        {
            Console.WriteLine(FormattableString.Invariant($"{device}, {Environment.ProcessorCount} processors, {get_num_threads()} threads; libtorch {__version__}; {photographs.Count} photographs, {steps} steps of {batch}; random weights"));
            Console.WriteLine("stage      first loss   last loss   s/step   waited   peak GB");
            var path = Path.Combine(folder.FullName, "phase-1.safetensors");
            using (var generator = GeneratorStart.Random(preset.Generator, new RandomStream(0)).to(device))
            {
                var watch = new StepLosses(parsed.GetRequiredValue(_losses));
                var record = Phase1.Trainer(generator, images, preset.Phase1(images.Count, seed: 0), device).Run(Options(watch));
                generator.Save(path);
                Print(record, watch, device);
            }

            using var clip = ClipStart.Random(new ClipSettings(), new RandomStream(ClipSeed)).to(frozen).to(device);
            using var labels = preset.Labels(clip, device);
            var losses = new StepLosses(parsed.GetRequiredValue(_losses));
            var scheme = new SchemeTraining(preset.Stages.Settings(images.Count) with { Frozen = frozen }, path, labels, PaperPreset.Template, images, device);
            foreach (var stage in scheme.Run(folder.FullName, Options(losses)))
                Print(stage.Training, losses, device);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        TrainingOptions Options(StepLosses watch) => new() { Progress = watch, MicroBatch = parsed.GetValue(_microBatch) };
    }

    private static void Print(TrainingRecord record, StepLosses losses, Device device)
    {
        var own = losses.Of(record.Name);
        if (own.Any(loss => !double.IsFinite(loss)))
            throw new InvalidOperationException($"A loss of {record.Name} is not finite.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{record.Name,-10} {own[0],10:0.0000} {own[^1],11:0.0000} {record.Seconds / record.Steps,8:0.00} {record.SecondsWaited / record.Seconds,8:0.0%} {PeakGigabytes(device),9:0.0}"));
    }

    /// <summary>Main memory of the process; of a GPU what is in use on it, of which libtorch gives nothing back before the process ends.</summary>
    private static double PeakGigabytes(Device device)
    {
        if (device.type != DeviceType.CUDA)
            return Process.GetCurrentProcess().PeakWorkingSet64 / 1e9;
        var gpus = Gpu.List();
        var index = Math.Max(0, device.index);
        return index < gpus.Count ? (gpus[index].TotalMegabytes - gpus[index].FreeMegabytes) * 1048576.0 / 1e9 : double.NaN;
    }

    /// <summary>The sum of a step's losses, from the means that progress tells.</summary>
    private sealed class StepLosses(int printed) : IProgress<TrainingProgress>
    {
        private readonly Dictionary<string, List<double>> _losses = [];

        public IReadOnlyList<double> Of(string stage) => _losses[stage];

        public void Report(TrainingProgress value)
        {
            if (!_losses.TryGetValue(value.Name, out var losses))
                _losses.Add(value.Name, losses = []);
            losses.Add(value.Losses.Values.Sum() * value.Step - losses.Sum());
            if (losses.Count <= printed)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {value.Name}, step {losses.Count}: {losses[^1]:0.000000}"));
        }
    }
}
