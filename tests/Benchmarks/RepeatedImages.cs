using SemPLeS.Data;

namespace SemPLeS.Benchmarks;

/// <summary>As many pictures as a benchmark needs, from the beginning again when they run out; each is read and decoded anew.</summary>
internal sealed class RepeatedImages(ILabelledImages source, int count) : ILabelledImages
{
    public int Count => count;

    public int ClassCount => source.ClassCount;

    public IReadOnlyList<string> ClassNames => source.ClassNames;

    public bool HasTruth => source.HasTruth;

    public string Id(int index) => $"{source.Id(index % source.Count)}-{index / source.Count}";

    public RgbImage Image(int index) => source.Image(index % source.Count);

    public (int Width, int Height) Size(int index) => source.Size(index % source.Count);

    public IReadOnlyList<int> Labels(int index) => source.Labels(index % source.Count);

    public LabelMap Truth(int index) => source.Truth(index % source.Count);
}
