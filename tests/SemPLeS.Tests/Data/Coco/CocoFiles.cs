using SemPLeS.Data;

namespace SemPLeS.Tests.Data.Coco;

/// <summary>A small MS COCO of 6x4 pixels in a folder of its own.</summary>
internal sealed class CocoFiles : IDisposable
{
    public const int Width = 6;
    public const int Height = 4;
    private readonly ImageFileFolder _folder = new();

    public CocoFiles() => Annotate(Images(1, 2, 3, 4), Person(2), Banana(1), Crowd(1), Toothbrush(3));

    /// <summary>What holds the folder of the preset coco14.</summary>
    public string DataFolder => _folder.Root;

    public string Root => Path.Combine(DataFolder, "coco14");

    /// <summary>The left half, category 1.</summary>
    public static string Person(int image) => Instance(image, 1, "[[0,0,3,0,3,4,0,4]]");

    /// <summary>The middle two columns, category 52: contiguous label 47.</summary>
    public static string Banana(int image) => Instance(image, 52, "[[2,0,4,0,4,4,2,4]]");

    /// <summary>The right column, category 90: contiguous label 80.</summary>
    public static string Toothbrush(int image) => Instance(image, 90, """{"counts":[20,4],"size":[4,6]}""");

    /// <summary>All of it, category 3, as a crowd.</summary>
    public static string Crowd(int image) => Instance(image, 3, """{"counts":[0,24],"size":[4,6]}""", 1);

    public static string Instance(int image, int category, string outline, int crowd = 0) =>
        $$"""{"segmentation":{{outline}},"area":1.5,"iscrowd":{{crowd}},"image_id":{{image}},"bbox":[0,0,1,1],"category_id":{{category}},"id":9}""";

    public static string Name(int image) => $"COCO_train2014_{image:D12}";

    public static string[] Images(params int[] numbers) =>
        [.. numbers.Select(number => $$"""{"license":3,"file_name":"{{Name(number)}}.jpg","height":{{Height}},"width":{{Width}},"id":{{number}}}""")];

    public string Annotate(string[] images, params string[] instances) => Write(
        "annotations/instances_train2014.json",
        $$"""{"info":{"year":2014},"images":[{{string.Join(',', images)}}],"licenses":[],"annotations":[{{string.Join(',', instances)}}],"categories":[{"supercategory":"food","id":52,"name":"banana"}]}""");

    public CocoFiles WithPhotographs(params int[] images)
    {
        foreach (var image in images)
            _folder.Write($"coco14/train2014/{Name(image)}.jpg", ImageFile.EncodeJpeg(new RgbImage(Width, Height, new byte[Width * Height * 3]), 90));
        return this;
    }

    /// <summary>A mask whose rows are all alike.</summary>
    public void Mask(int image, params byte[] row) =>
        _folder.Write($"coco14/SegmentationClass/train2014/{Name(image)}.png", LabelFile.EncodePng(new LabelMap(row.Length, Height, [.. Enumerable.Repeat(row, Height).SelectMany(labels => labels)])));

    public string Write(string name, string text) => _folder.Write(Path.Combine("coco14", name), text);

    public string PathOf(string name) => Path.Combine(Root, name);

    public void Dispose() => _folder.Dispose();
}
