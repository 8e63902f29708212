namespace SemPLeS.Data.Coco;

/// <summary>
/// Photographs of MS COCO 2014 (Lin et al., ECCV 2014): the split's folder of JPEG files, annotations/instances_SPLIT.json or the labels/SPLIT.txt that was made of it,
/// and masks in SegmentationClass/SPLIT, which <see cref="CocoMasks"/> makes. 90 classes, category - 1, of which ten never occur. Photographs without any label are
/// left out.
/// </summary>
public sealed class CocoDataset : ILabelledImages
{
    private readonly CocoFolder _folder;
    private readonly CocoImage[] _images;
    private readonly int[][] _classes;
    private readonly Lazy<CocoMaskReader> _masks;

    private CocoDataset(CocoFolder folder, CocoImage[] images, int[][] classes, int skipped, bool hasTruth)
    {
        (_folder, _images, _classes, Skipped, HasTruth) = (folder, images, classes, skipped, hasTruth);
        _masks = new(() => CocoMaskReader.Of(images.Select((image, i) => (folder.Mask(image), image, classes[i]))));
    }

    /// <summary>How many photographs of the split were left out because they have no label.</summary>
    public int Skipped { get; }

    /// <inheritdoc/>
    public int Count => _images.Length;

    /// <inheritdoc/>
    public int ClassCount => CocoClasses.Names.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => CocoClasses.Names;

    /// <inheritdoc/>
    public bool HasTruth { get; }

    /// <summary>Opens one split. Annotations are read once; their labels are then kept in one small file.</summary>
    /// <param name="folder">The folder that holds the split's.</param>
    /// <param name="split">train2014 or val2014.</param>
    /// <exception cref="DirectoryNotFoundException">A folder is missing.</exception>
    /// <exception cref="FileNotFoundException">Annotations or photographs are missing; the message names the first.</exception>
    /// <exception cref="InvalidDataException">The annotations are damaged or have no photograph with a label; the message names them.</exception>
    /// <exception cref="IOException">The labels cannot be written.</exception>
    public static CocoDataset Open(string folder, string split)
    {
        var files = FolderOf(folder, split);
        if (!Directory.Exists(files.Images))
            throw new DirectoryNotFoundException($"There is no folder {files.Images}.");
        var labels = CocoLabels.Get(files);
        var (images, classes) = (new List<CocoImage>(), new List<int[]>());
        foreach (var (image, labelled) in labels.Images.Zip(labels.Classes).Where(item => item.Second.Length > 0))
        {
            images.Add(image);
            classes.Add(labelled);
        }

        if (images.Count == 0)
            throw new InvalidDataException($"None of the {labels.Images.Count} photographs of {files.Annotations} has a label.");
        var present = Names(files.Images);
        var missing = images.Where(image => !present.Contains(image.FileName)).ToList();
        if (missing.Count > 0)
            throw new FileNotFoundException($"{missing.Count} of {images.Count} photographs are missing; the first is {files.Image(missing[0])}.", files.Image(missing[0]));
        var masks = Directory.Exists(files.Masks) ? Names(files.Masks) : [];
        return new CocoDataset(files, [.. images], [.. classes], labels.Images.Count - images.Count, images.All(image => masks.Contains(image.Id + ".png")));
    }

    /// <summary>Whether the folder has the split's photographs, and labels or annotations.</summary>
    /// <param name="folder">The folder that holds the split's.</param>
    /// <param name="split">train2014 or val2014.</param>
    public static bool HasSplit(string folder, string split)
    {
        var files = FolderOf(folder, split);
        return Directory.Exists(files.Images) && (File.Exists(files.Labels) || File.Exists(files.Annotations));
    }

    /// <inheritdoc/>
    public string Id(int index) => _images[index].Id;

    /// <inheritdoc/>
    public RgbImage Image(int index)
    {
        var (path, expected) = (_folder.Image(_images[index]), _images[index]);
        var image = ImageFile.Load(path);
        return (image.Width, image.Height) == (expected.Width, expected.Height) ? image
            : throw new InvalidDataException($"{path} has {image.Width}x{image.Height} pixels, its annotation says {expected.Width}x{expected.Height}.");
    }

    /// <inheritdoc/>
    public (int Width, int Height) Size(int index) => (_images[index].Width, _images[index].Height);

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels(int index) => _classes[index];

    /// <summary>Reads the picture's mask: 0 background, category otherwise, 255 to be ignored. Masks with contiguous labels, 1 to 80, are recognised.</summary>
    /// <param name="index">0 to Count - 1.</param>
    /// <exception cref="InvalidOperationException">Not every photograph has a mask.</exception>
    /// <exception cref="InvalidDataException">Its file is damaged, of another size, or has a label that the photograph lacks; the message names the path.</exception>
    public LabelMap Truth(int index) => HasTruth
        ? _masks.Value.Read(_folder.Mask(_images[index]), _images[index], _classes[index])
        : throw new InvalidOperationException($"Not every photograph of {_folder.Split} has a mask in {_folder.Masks}.");

    internal static CocoFolder FolderOf(string folder, string split)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(split);
        if (split != Path.GetFileName(split))
            throw new ArgumentException($"A split is a name, not a path: {split}.", nameof(split));
        return new CocoFolder(Path.GetFullPath(folder), split);
    }

    private static HashSet<string> Names(string folder) => Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);
}
