using SemPLeS.Data;

namespace SemPLeS.Tests.Data;

/// <summary>A small data set in VOC's layout: 6x4 pictures and masks of the labels given.</summary>
internal sealed class VocFolder : IDisposable
{
    private readonly ImageFileFolder _folder = new();

    public string Root => _folder.Root;

    public VocFolder With(string id, params byte[] labels) => WithImage(id).WithMask(id, labels);

    public VocFolder WithImage(string id, int width = 6, int height = 4)
    {
        _folder.Write($"JPEGImages/{id}.png", ImageFile.EncodePng(new RgbImage(width, height, new byte[width * height * 3])));
        return this;
    }

    public VocFolder WithMask(string id, byte[] labels, string folder = "SegmentationClass")
    {
        var map = new byte[24];
        labels.CopyTo(map, 0);
        return WithFile($"{folder}/{id}.png", LabelFile.EncodePng(new LabelMap(6, 4, map)));
    }

    public VocFolder WithAnnotation(string id, params string[] names)
    {
        var objects = names.Select(name => $"<object><name>{name}</name><part><name>head</name></part></object>");
        return WithFile($"Annotations/{id}.xml", $"<annotation><filename>{id}.jpg</filename>{string.Concat(objects)}</annotation>");
    }

    public VocFolder WithList(string split, params string[] lines) => WithFile($"ImageSets/Segmentation/{split}.txt", string.Join('\n', lines) + "\n");

    public VocFolder WithFile(string name, string content)
    {
        _folder.Write(name, content);
        return this;
    }

    public VocFolder WithFile(string name, byte[] content)
    {
        _folder.Write(name, content);
        return this;
    }

    public void Dispose() => _folder.Dispose();
}
