using BenchmarkDotNet.Attributes;
using SemPLeS.Data;

namespace SemPLeS.Benchmarks;

/// <summary>
/// Seconds for a picture of a batch of 64: a JPEG file of 500x375 pixels read, decoded, augmented and normalised to 224 pixels. Batches are prepared on as many
/// threads as there are processors, as in training; with one batch ahead, on one.
/// </summary>
[MinColumn]
public class LoaderBenchmarks : IDisposable
{
    private const int Batch = 64;
    private const int Batches = 4;
    private const int Files = 16;
    private const int Side = 224;

    private DrawnPhotographs? _photographs;
    private ILabelledImages _images = null!;

    /// <summary>Batches that are prepared at a time.</summary>
    [Params(1, 3)]
    public int Ahead { get; set; }

    /// <summary>Photographs of PASCAL VOC are of this size, and take about 100 kB.</summary>
    [GlobalSetup]
    public void Draw() => _images = new RepeatedImages(VocDataset.Open((_photographs = new DrawnPhotographs(Files)).Folder, DrawnPhotographs.Split), Batch * Batches);

    [Benchmark(Baseline = true, OperationsPerInvoke = Batch * Batches)]
    public long CropAndMirror() => Read(new CropAugmentation(Side, ChannelStatistics.ImageNet));

    [Benchmark(OperationsPerInvoke = Batch * Batches)]
    public long DeiT() => Read(new DeiTAugmentation(Side, ChannelStatistics.ImageNet));

    [GlobalCleanup]
    public void Dispose()
    {
        ResidentMemory.Tell();
        _photographs?.Dispose();
    }

    private long Read(Augmentation augmentation) => new BatchLoader(_images, augmentation, Batch, seed: 0) { Ahead = Ahead }.Read(0, Batches).Sum(batch => batch.Step);
}
