namespace SemPLeS.Data;

/// <summary>The files of one photograph, known to exist, and no more read than that.</summary>
/// <param name="Id">The photograph's name.</param>
/// <param name="Image">The photograph.</param>
/// <param name="Mask">Its mask, or null.</param>
/// <param name="Annotation">Its XML annotation, or null where labels come from the mask.</param>
internal sealed record VocFiles(string Id, string Image, string? Mask, string? Annotation)
{
    private static readonly string[] ImageExtensions = [".jpg", ".jpeg", ".png"];

    /// <summary>Finds the files of every id.</summary>
    /// <param name="folder">The folder that holds JPEGImages.</param>
    /// <param name="ids">The photographs' names.</param>
    /// <param name="options">Masks and labels.</param>
    /// <param name="damaged">Takes the photographs that miss a file, which are left out; null: that is an error.</param>
    /// <exception cref="DirectoryNotFoundException">A folder is missing.</exception>
    /// <exception cref="FileNotFoundException">Photographs, or the files their labels come from, are missing; the message names the first.</exception>
    public static VocFiles[] Find(string folder, IReadOnlyList<string> ids, VocOptions options, List<DamagedPicture>? damaged = null)
    {
        var images = Existing(Path.Combine(folder, "JPEGImages"));
        var masks = MaskFolder(folder, options.MaskFolder);
        var hasLabels = options.Labels != VocLabelSource.None;
        var missing = new List<(string Id, string Path)>();
        var found = ids.Select(id =>
        {
            var image = ImageExtensions.Select(extension => Path.Combine(images, id + extension)).FirstOrDefault(File.Exists);
            var mask = Path.Combine(masks, id + ".png");
            var hasMask = hasLabels && File.Exists(mask);
            var annotation = Path.Combine(folder, "Annotations", id + ".xml");
            var needsAnnotation = options.Labels == VocLabelSource.Annotation || (options.Labels == VocLabelSource.MaskOrAnnotation && !hasMask);
            if (image is null)
                missing.Add((id, Path.Combine(images, id + ImageExtensions[0])));
            if (hasLabels && (needsAnnotation ? !File.Exists(annotation) : !hasMask))
                missing.Add((id, options.Labels == VocLabelSource.Annotation ? annotation : mask));
            return new VocFiles(id, image ?? "", hasMask ? mask : null, needsAnnotation ? annotation : null);
        }).ToArray();
        if (missing.Count == 0)
            return found;
        if (damaged is null)
            throw new FileNotFoundException($"{missing.Count} files that {ids.Count} ids call for are missing; the first is {missing[0].Path}.", missing[0].Path);
        damaged.AddRange(missing.DistinctBy(item => item.Id).Select(item => new DamagedPicture(item.Id, $"There is no file {item.Path}.")));
        var incomplete = missing.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        return [.. found.Where(files => !incomplete.Contains(files.Id))];
    }

    private static string MaskFolder(string folder, string? chosen)
    {
        if (chosen is not null)
            return Existing(Path.Combine(folder, chosen));
        var augmented = Path.Combine(folder, "SegmentationClassAug");
        return Directory.Exists(augmented) ? augmented : Path.Combine(folder, "SegmentationClass");
    }

    private static string Existing(string folder) =>
        Directory.Exists(folder) ? folder : throw new DirectoryNotFoundException($"There is no folder {folder}.");
}
