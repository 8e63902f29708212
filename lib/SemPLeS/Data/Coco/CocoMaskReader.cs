namespace SemPLeS.Data.Coco;

/// <summary>
/// Reads masks in either of the two encodings that are about, categories 1 to 90 or contiguous labels 1 to 80, and gives categories. Which it is, the labels of the
/// photographs tell: every label of a mask must be among those of its photograph.
/// </summary>
internal sealed class CocoMaskReader
{
    private readonly byte[] _categoryOf;

    private CocoMaskReader(byte[] categoryOf) => _categoryOf = categoryOf;

    private static CocoMaskReader Categories { get; } = new([.. Enumerable.Range(0, 256).Select(label => (byte)label)]);

    private static CocoMaskReader Contiguous { get; } = new(
        [0, .. CocoClasses.Annotated.Select(category => (byte)category), .. Enumerable.Repeat(LabelMap.Ignore, LabelMap.Ignore - CocoClasses.Annotated.Count)]);

    /// <summary>Finds out the encoding from the first mask that fits one and not the other.</summary>
    /// <param name="masks">Paths with sizes and classes.</param>
    /// <exception cref="InvalidDataException">A mask on the way fits neither, or is damaged; the message names it.</exception>
    public static CocoMaskReader Of(IEnumerable<(string Path, CocoImage Image, int[] Classes)> masks)
    {
        foreach (var (path, image, classes) in masks)
        {
            var map = LabelFile.Load(path, image.Width, image.Height);
            var (isCategories, isContiguous) = (Categories.Unknown(map, classes) is null, Contiguous.Unknown(map, classes) is null);
            if (!isCategories && !isContiguous)
                throw Refused(path, Categories.Unknown(map, classes)!.Value);
            if (isCategories != isContiguous)
                return isCategories ? Categories : Contiguous;
        }

        return Categories;
    }

    /// <summary>Reads a mask: 0 background, category otherwise, 255 to be ignored.</summary>
    /// <exception cref="InvalidDataException">It is damaged, has another size than its photograph, or a label that its photograph lacks; the message names it.</exception>
    public LabelMap Read(string path, CocoImage image, IReadOnlyList<int> classes)
    {
        var map = LabelFile.Load(path, image.Width, image.Height);
        if (Unknown(map, classes) is { } unknown)
            throw Refused(path, unknown);
        for (var i = 0; i < map.Labels.Length; i++)
            map.Labels[i] = _categoryOf[map.Labels[i]];
        return map;
    }

    private static InvalidDataException Refused(string path, byte label) =>
        new($"{path} holds the label {label}, which its photograph lacks: other masks in this folder count classes otherwise, or it is another photograph's.");

    /// <summary>A label of the mask that is not among the photograph's classes; null where all are.</summary>
    private byte? Unknown(LabelMap map, IReadOnlyList<int> classes)
    {
        Span<bool> known = stackalloc bool[256];
        known[0] = known[LabelMap.Ignore] = true;
        foreach (var @class in classes)
        {
            var label = Array.IndexOf(_categoryOf, (byte)(@class + 1));
            if (label >= 0)
                known[label] = true;
        }

        foreach (var label in map.Labels)
        {
            if (!known[label])
                return label;
        }

        return null;
    }
}
