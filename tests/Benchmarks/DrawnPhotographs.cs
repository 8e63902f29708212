using SemPLeS.Data;

namespace SemPLeS.Benchmarks;

/// <summary>A folder in the layout of PASCAL VOC with as many photographs as wanted: a few drawn ones under many names.</summary>
internal sealed class DrawnPhotographs : IDisposable
{
    /// <summary>The id list's name.</summary>
    public const string Split = "train";

    private const int Drawn = 16;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("photographs");

    public DrawnPhotographs(int count)
    {
        var (images, masks) = (_folder.CreateSubdirectory("JPEGImages").FullName, _folder.CreateSubdirectory("SegmentationClass").FullName);
        for (var i = 0; i < count; i++)
        {
            var (image, mask) = (Path.Combine(images, $"{i}.jpg"), Path.Combine(masks, $"{i}.png"));
            if (i < Drawn)
            {
                File.WriteAllBytes(image, ImageFile.EncodeJpeg(TexturedPicture.Draw(500, 375, i), 90));
                LabelFile.SavePng(TexturedPicture.Seeds(500, 375, 3), mask);
            }
            else
            {
                _ = File.CreateSymbolicLink(image, Path.Combine(images, $"{i % Drawn}.jpg"));
                _ = File.CreateSymbolicLink(mask, Path.Combine(masks, $"{i % Drawn}.png"));
            }
        }

        File.WriteAllLines(Path.Combine(Folder, Split + ".txt"), Enumerable.Range(0, count).Select(i => $"{i}"));
    }

    /// <summary>Holds JPEGImages.</summary>
    public string Folder => _folder.FullName;

    /// <summary>For what is remembered of the files.</summary>
    public string Cache => Path.Combine(Folder, "cache");

    public void Dispose() => _folder.Delete(recursive: true);
}
