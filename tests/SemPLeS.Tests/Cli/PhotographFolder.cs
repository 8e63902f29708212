using SemPLeS.Data;
using SemPLeS.Tests.Data;

namespace SemPLeS.Tests.Cli;

/// <summary>Small photographs in VOC's layout: a batch of them in the list train, each with a cat in the upper half of its mask.</summary>
internal sealed class PhotographFolder : IDisposable
{
    public const int Batch = 16;
    private const byte Cat = 8;

    private readonly VocFolder _folder = new();

    public PhotographFolder(int side = 16, int unlabelled = 0)
    {
        string[] ids = [.. Enumerable.Range(0, Batch + unlabelled).Select(i => $"photograph{i:00}")];
        for (var i = 0; i < ids.Length; i++)
        {
            var labels = new byte[side * side];
            if (i < Batch)
                labels.AsSpan(0, labels.Length / 2).Fill(Cat);
            _folder.WithImage(ids[i], side, side).WithFile($"SegmentationClass/{ids[i]}.png", LabelFile.EncodePng(new LabelMap(side, side, labels)));
        }

        _folder.WithList("train", ids);
    }

    public string Root => _folder.Root;

    public string Masks => Path.Combine(Root, "SegmentationClass");

    public void List(string split, params string[] ids) => _folder.WithList(split, ids);

    public void ListNothing(string split) => _folder.WithFile($"ImageSets/Segmentation/{split}.txt", string.Empty);

    public void Dispose() => _folder.Dispose();
}
