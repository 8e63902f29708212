using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Xml;
using System.Xml.Linq;

namespace SemPLeS.Data;

/// <summary>Reads sizes and image-level labels.</summary>
internal static class VocReader
{
    private static readonly SearchValues<byte> KnownLabels =
        SearchValues.Create([.. Enumerable.Range(0, VocClasses.Names.Count + 1).Select(label => (byte)label), LabelMap.Ignore]);

    /// <summary>Reads all photographs' entries, on all cores.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, a mask has another size than its photograph or an unknown label.</exception>
    public static VocEntry[] ReadAll(VocFiles[] files)
    {
        var entries = new VocEntry[files.Length];
        try
        {
            Parallel.For(0, files.Length, i => entries[i] = Read(files[i]));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return entries;
    }

    /// <summary>Reads what can be read of all photographs' entries, on all cores; null in place of the others, which go to <paramref name="damaged"/>.</summary>
    public static VocEntry?[] ReadAll(VocFiles[] files, List<DamagedPicture> damaged)
    {
        var entries = new VocEntry?[files.Length];
        var reasons = new string?[files.Length];
        Parallel.For(0, files.Length, i =>
        {
            try
            {
                entries[i] = Read(files[i]);
            }
            catch (InvalidDataException exception)
            {
                reasons[i] = exception.Message;
            }
        });
        damaged.AddRange(files.Zip(reasons).Where(item => item.Second is not null).Select(item => new DamagedPicture(item.First.Id, item.Second!)));
        return entries;
    }

    /// <summary>Reads a mask and compares it with its photograph and with the classes that there are.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or has another size than its photograph, or an unknown label.</exception>
    public static LabelMap ReadMask(string path, int width, int height)
    {
        var mask = LabelFile.Load(path, width, height);
        var unknown = mask.Labels.AsSpan().IndexOfAnyExcept(KnownLabels);
        return unknown < 0 ? mask : throw new InvalidDataException($"{path} holds the label {mask.Labels[unknown]}, which is no class of PASCAL VOC.");
    }

    private static VocEntry Read(VocFiles files)
    {
        var (width, height) = ImageFile.Size(files.Image);
        var labels = files switch
        {
            { Annotation: { } annotation } => FromAnnotation(annotation),
            { Mask: { } mask } => FromMask(ReadMask(mask, width, height)),
            _ => [],
        };
        return new VocEntry(width, height, labels);
    }

    private static int[] FromMask(LabelMap mask)
    {
        var present = new bool[256];
        foreach (var label in mask.Labels)
            present[label] = true;
        return [.. Enumerable.Range(0, VocClasses.Names.Count).Where(@class => present[@class + 1])];
    }

    private static int[] FromAnnotation(string path)
    {
        try
        {
            var names = XDocument.Load(path).Root!.Elements("object").Select(item => (string?)item.Element("name")).ToHashSet();
            var labels = Enumerable.Range(0, VocClasses.Names.Count).Where(@class => names.Remove(VocClasses.Names[@class])).ToArray();
            return names.Count == 0 ? labels : throw new InvalidDataException($"{path} names an object \"{names.First()}\", which is no class of PASCAL VOC.");
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException($"{path} is damaged: {exception.Message}", exception);
        }
    }
}
