using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>Writes a report as a folder that can be copied anywhere: index.html, and its pictures beside it. Nothing is fetched, no script runs.</summary>
public static class ReportPage
{
    private const string PictureFolder = "pictures";

    /// <summary>Writes the report into a folder, which is made where it is missing, and removes the pictures of an earlier report there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="report">What to show.</param>
    /// <returns>The path of index.html.</returns>
    /// <exception cref="ArgumentException">A row of a table or of pictures has another number of cells than there are columns.</exception>
    /// <exception cref="IOException">A file can't be written.</exception>
    public static string Write(string folder, Report report)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(report);
        var pictures = new Dictionary<string, RgbImage>();
        var html = ReportHtml.Page(report, image =>
        {
            var name = $"picture-{pictures.Count + 1:000}.png";
            pictures.Add(name, image);
            return $"{PictureFolder}/{name}";
        });
        var pictureFolder = Directory.CreateDirectory(Path.Combine(folder, PictureFolder)).FullName;
        foreach (var (name, image) in pictures)
            AtomicFile.Write(Path.Combine(pictureFolder, name), stream => stream.Write(ImageFile.EncodePng(image)));
        var index = Path.Combine(folder, "index.html");
        AtomicFile.WriteText(index, html);
        foreach (var path in Directory.EnumerateFiles(pictureFolder, "picture-*.png").Where(path => !pictures.ContainsKey(Path.GetFileName(path))).ToArray())
            File.Delete(path);
        return index;
    }
}
