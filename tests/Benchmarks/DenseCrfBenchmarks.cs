using BenchmarkDotNet.Attributes;
using SemPLeS.Data;
using SemPLeS.PseudoMasks;

namespace SemPLeS.Benchmarks;

/// <summary>
/// Seconds of a dense CRF with VOC's label constants, 10 iterations, on pictures of 500x375 pixels: one picture at a time, then two at once on two cores. The
/// fastest of many is what the code costs; the mean has the machine's other work in it.
/// </summary>
[MinColumn]
public class DenseCrfBenchmarks
{
    private const int Width = 500;
    private const int Height = 375;

    private readonly DenseCrf[] _crfs = [new(DenseCrfSettings.VocLabels), new(DenseCrfSettings.VocLabels)];
    private RgbImage _image = null!;
    private LabelMap _seeds = null!;

    /// <summary>Background included.</summary>
    [Params(5, 21)]
    public int Labels { get; set; }

    [GlobalSetup]
    public void Draw() => (_image, _seeds) = (TexturedPicture.Draw(Width, Height, seed: 3), TexturedPicture.Seeds(Width, Height, Labels));

    [GlobalCleanup]
    public void TellMemory() => ResidentMemory.Tell();

    [Benchmark(Baseline = true)]
    public CrfMarginals OnePicture() => _crfs[0].Refine(_image, _seeds, Labels);

    [Benchmark]
    public void TwoPicturesOnTwoCores()
    {
        var other = new Thread(() => _crfs[1].Refine(_image, _seeds, Labels));
        other.Start();
        _crfs[0].Refine(_image, _seeds, Labels);
        other.Join();
    }
}
