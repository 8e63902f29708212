namespace SemPLeS.Data;

/// <summary>
/// Photographs in the layout of PASCAL VOC 2012: JPEGImages, SegmentationClassAug or SegmentationClass, Annotations, and id lists in
/// ImageSets/Segmentation or beside those folders. Photographs without any label are left out, unless <see cref="VocLabelSource.None"/> asks for none.
/// </summary>
public sealed class VocDataset : ILabelledImages
{
    private VocDataset(IReadOnlyList<VocItem> items, int skipped, IReadOnlyList<DamagedPicture> damaged)
    {
        (Items, Skipped, Damaged) = (items, skipped, damaged);
        HasTruth = items.All(item => item.MaskPath is not null);
    }

    /// <summary>The photographs in the list's order.</summary>
    public IReadOnlyList<VocItem> Items { get; }

    /// <summary>How many photographs of the list were left out because they have no label.</summary>
    public int Skipped { get; }

    /// <summary>The photographs that <see cref="VocOptions.SkipDamaged"/> left out.</summary>
    public IReadOnlyList<DamagedPicture> Damaged { get; }

    /// <inheritdoc/>
    public int Count => Items.Count;

    /// <inheritdoc/>
    public int ClassCount => VocClasses.Names.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => VocClasses.Names;

    /// <inheritdoc/>
    public bool HasTruth { get; }

    /// <summary>Opens one split and finds out, before any training, what is wrong with it.</summary>
    /// <param name="folder">The folder that holds JPEGImages.</param>
    /// <param name="split">The id list's name without its extension, for example train.</param>
    /// <param name="options">Settings; null: the defaults.</param>
    /// <exception cref="DirectoryNotFoundException">The folder, or one in it, is missing.</exception>
    /// <exception cref="FileNotFoundException">The id list, a photograph, a mask or an annotation is missing.</exception>
    /// <exception cref="InvalidDataException">
    /// The list is damaged or without a labelled photograph; or a photograph is damaged or too small; or a mask is damaged, or has another size
    /// than its photograph, or an unknown label. The message names the file.
    /// </exception>
    /// <exception cref="IOException">The cache folder cannot be written to.</exception>
    public static VocDataset Open(string folder, string split, VocOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(split);
        if (split != Path.GetFileName(split))
            throw new ArgumentException($"A split is the name of an id list, not a path: {split}.", nameof(split));
        options ??= new VocOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinimumSide, 1, nameof(options) + "." + nameof(options.MinimumSide));
        folder = Path.GetFullPath(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}.");

        var ids = VocIdList.Read(folder, split);
        List<DamagedPicture>? damaged = options.SkipDamaged ? [] : null;
        var files = VocFiles.Find(folder, ids, options, damaged);
        var entries = damaged is not null
            ? VocReader.ReadAll(files, damaged)
            : options.CacheFolder is { } cache ? VocCache.Get(cache, split, files, () => VocReader.ReadAll(files)) : VocReader.ReadAll(files);
        var items = new List<VocItem>(files.Length);
        var unlabelled = 0;
        foreach (var (file, entry) in files.Zip(entries))
        {
            if (entry is null)
                continue;
            if (Math.Min(entry.Width, entry.Height) < options.MinimumSide)
            {
                var small = $"{file.Image} has {entry.Width}x{entry.Height} pixels; the smaller side needs {options.MinimumSide}.";
                (damaged ?? throw new InvalidDataException(small)).Add(new DamagedPicture(file.Id, small));
            }
            else if (entry.Labels.Length == 0 && options.Labels != VocLabelSource.None)
            {
                unlabelled++;
            }
            else
            {
                items.Add(new VocItem(file.Id, file.Image, file.Mask, entry.Width, entry.Height, entry.Labels));
            }
        }

        if (items.Count == 0)
            throw new InvalidDataException($"None of the {ids.Count} photographs that {split} lists in {folder} {(damaged is [var first, ..] ? $"can be read; the first: {first.Reason}" : "has a label.")}");
        return new VocDataset(items, unlabelled, damaged ?? []);
    }

    /// <summary>Whether the folder has an id list of this name.</summary>
    /// <param name="folder">The folder that holds JPEGImages.</param>
    /// <param name="split">The id list's name without its extension.</param>
    public static bool HasSplit(string folder, string split) => VocIdList.Find(folder, split) is not null;

    /// <inheritdoc/>
    public string Id(int index) => Items[index].Id;

    /// <inheritdoc/>
    public RgbImage Image(int index) => ImageFile.Load(Items[index].ImagePath);

    /// <inheritdoc/>
    public (int Width, int Height) Size(int index) => (Items[index].Width, Items[index].Height);

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels(int index) => Items[index].Labels;

    /// <inheritdoc/>
    public LabelMap Truth(int index)
    {
        var item = Items[index];
        return item.MaskPath is { } path
            ? VocReader.ReadMask(path, item.Width, item.Height)
            : throw new InvalidOperationException($"The photograph {item.Id} has no mask.");
    }
}
