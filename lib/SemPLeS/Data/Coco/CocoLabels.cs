using System.Globalization;

namespace SemPLeS.Data.Coco;

/// <summary>
/// The photographs of a split with their sizes and classes, kept as a text file of a few megabytes beside the annotations, of which one split has a third of a
/// gigabyte. Each line: file name, width, height, categories.
/// </summary>
internal sealed record CocoLabels(IReadOnlyList<CocoImage> Images, IReadOnlyList<int[]> Classes)
{
    private const char Separator = '\t';

    /// <summary>Reads the text file, or the annotations where it does not stand or was made of others; then it is written.</summary>
    /// <exception cref="FileNotFoundException">There are neither labels nor annotations.</exception>
    /// <exception cref="InvalidDataException">The annotations are damaged; the message names them.</exception>
    /// <exception cref="IOException">The labels cannot be written.</exception>
    public static CocoLabels Get(CocoFolder folder, Func<CocoAnnotations>? read = null)
    {
        if (Load(folder) is { } labels)
            return labels;
        if (!File.Exists(folder.Annotations))
            throw new FileNotFoundException($"There is neither {folder.Labels} nor {folder.Annotations}.", folder.Annotations);
        var annotations = read?.Invoke() ?? CocoAnnotations.Read(folder.Annotations);
        labels = new CocoLabels(annotations.Images, [.. Enumerable.Range(0, annotations.Images.Count).Select(annotations.Labels)]);
        AtomicFile.WriteText(folder.Labels, Title(folder) + "\n" + string.Concat(labels.Images.Zip(labels.Classes, (image, classes) => Line(image, classes) + "\n")));
        return labels;
    }

    private static CocoLabels? Load(CocoFolder folder)
    {
        if (!File.Exists(folder.Labels))
            return null;
        var lines = File.ReadAllLines(folder.Labels);
        // Annotations may have been deleted to save disk. Labels of other annotations, or of which a line makes no sense, are made anew.
        if (lines.Length < 2 || (File.Exists(folder.Annotations) && lines[0] != Title(folder)))
            return null;
        var (images, classes) = (new List<CocoImage>(lines.Length), new List<int[]>(lines.Length));
        foreach (var line in lines.Skip(1))
        {
            var words = line.Split(Separator);
            var numbers = new int[words.Length - 1];
            for (var i = 0; i < numbers.Length; i++)
            {
                if (!int.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] < 1)
                    return null;
            }

            if (numbers.Length < 2 || numbers.Skip(2).Any(category => category > CocoClasses.Names.Count))
                return null;
            images.Add(new CocoImage(Path.GetFileNameWithoutExtension(words[0]), words[0], numbers[0], numbers[1]));
            classes.Add([.. numbers.Skip(2).Select(category => category - 1)]);
        }

        return new CocoLabels(images, classes);
    }

    private static string Title(CocoFolder folder) =>
        FormattableString.Invariant($"# {Path.GetFileName(folder.Annotations)}, {new FileInfo(folder.Annotations).Length} bytes: file name, width, height, categories");

    private static string Line(CocoImage image, int[] classes) =>
        string.Join(Separator, [image.FileName, .. new[] { image.Width, image.Height }.Concat(classes.Select(@class => @class + 1)).Select(number => number.ToString(CultureInfo.InvariantCulture))]);
}
