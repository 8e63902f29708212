using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.Tests.Data;

namespace SemPLeS.Tests.Experiments.Paper;

/// <summary>voc12 in small: eight photographs of 32 pixels with cats and dogs, networks of a few thousand weights, one epoch of everything.</summary>
internal sealed class SmallPaper : IDisposable
{
    private const int Side = 32;
    private readonly ImageFileFolder _folder = new();

    public SmallPaper()
    {
        string[] ids = [.. Enumerable.Range(0, 8).Select(i => $"photograph{i}")];
        foreach (var (i, id) in ids.Index())
        {
            var labels = new byte[Side * Side];
            labels.AsSpan(0, labels.Length / 2).Fill((byte)(i % 2 == 0 ? 8 : 12));
            var pixels = new RandomStream(i);
            _folder.Write($"voc12/VOCdevkit/VOC2012/JPEGImages/{id}.png", ImageFile.EncodePng(new RgbImage(Side, Side, [.. Enumerable.Range(0, Side * Side * 3).Select(_ => (byte)pixels.Below(256))])));
            _folder.Write($"voc12/VOCdevkit/VOC2012/SegmentationClassAug/{id}.png", LabelFile.EncodePng(new LabelMap(Side, Side, labels)));
        }

        List("train_aug", ids[..6]);
        List("train", ids[..4]);
        List("val", ids[6..]);
        using var clip = ClipStart.Random(Clip, new RandomStream(0));
        clip.Save(Path.Combine(_folder.Root, "weights", "ViT-B-32.pt"));
        using var trunk = GeneratorStart.Random(Preset.Generator with { Classes = 1 }, new RandomStream(0));
        trunk.Save(Path.Combine(_folder.Root, "weights", "deit_small_patch16_224-cd65a155.pth"));
    }

    public static PaperPreset Preset { get; } = PaperPreset.Voc12 with
    {
        Generator = PaperPreset.Voc12.Generator with { ImageSize = Side, Width = 8, Depth = 2, Heads = 2, HiddenWidth = 16, HeadReduction = 2, FeatureReduction = 2 },
        Phase1Batch = 2,
        Phase1Epochs = 1,
        CamScales = [1],
        ClipEs = ClipEsTexts.Voc with { AffinityBlocks = 1 },
        Stages = PaperStagePreset.Voc12 with { MatchingBatch = 2, RefinementBatch = 2, PromptBatch = 2, Epochs = 1, ImageSize = Side, PromptLength = 2 },
        Splits = new("train_aug", 6, "train", 4, "val", 2),
    };

    public PaperData Data => new(Preset, _folder.Root);

    public string Root => _folder.Root;

    private static ClipSettings Clip { get; } = new()
    {
        ImageSize = Side,
        PatchSize = 16,
        VisionWidth = 8,
        VisionLayers = 1,
        VisionHeads = 1,
        TextWidth = 8,
        TextLayers = 1,
        TextHeads = 1,
        EmbeddingSize = 6,
        ContextLength = 16,
        VocabularySize = ClipTokenizer.Published.VocabularySize,
    };

    public void Delete(string path) => File.Delete(Path.Combine(_folder.Root, path));

    public void List(string split, params string[] ids) => _folder.Write($"voc12/VOCdevkit/VOC2012/ImageSets/Segmentation/{split}.txt", string.Join('\n', ids));

    public void Dispose() => _folder.Dispose();
}
