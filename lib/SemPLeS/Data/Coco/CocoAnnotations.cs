using System.Text.Json;

namespace SemPLeS.Data.Coco;

/// <summary>
/// A file of MS COCO's instance annotations, such as instances_train2014.json (Lin et al., ECCV 2014). Outlines stay in the file's bytes until a mask is asked for,
/// so the memory is about the file's size: 0.4 GB for train2014.
/// </summary>
public sealed class CocoAnnotations
{
    private readonly byte[] _file;
    private readonly string _path;
    private readonly IReadOnlyList<CocoInstance>[] _instances;

    private CocoAnnotations(byte[] file, string path, IReadOnlyList<CocoImage> images, IReadOnlyList<CocoInstance>[] instances) =>
        (_file, _path, Images, _instances) = (file, path, images, instances);

    /// <summary>The photographs, by name; those without any annotation are among them.</summary>
    public IReadOnlyList<CocoImage> Images { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, has no photographs or annotations, or other categories than COCO's; the message names it.</exception>
    public static CocoAnnotations Read(string path)
    {
        var file = ImageFile.Read(path);
        try
        {
            var content = CocoJson.Read(file);
            var images = content.Images.OrderBy(image => image.Value.Id, StringComparer.Ordinal).ToArray();
            var instances = content.Instances.ToLookup(item => item.Image, item => item.Instance);
            if (content.Instances.FirstOrDefault(item => !content.Images.ContainsKey(item.Image)) is { Instance.Length: > 0 } stray)
                throw new InvalidDataException($"{path} annotates the image {stray.Image}, which it does not list.");
            return new CocoAnnotations(file, path, [.. images.Select(image => image.Value)], [.. images.Select(image => (IReadOnlyList<CocoInstance>)[.. instances[image.Key]])]);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is damaged, or no file of COCO's instances: {exception.Message}", exception);
        }
    }

    /// <summary>The classes of a photograph, crowds included, in ascending order: category - 1, 0 to 89.</summary>
    /// <param name="index">0 to the number of <see cref="Images"/> - 1.</param>
    public int[] Labels(int index) => [.. _instances[index].Select(instance => instance.Category - 1).Distinct().Order()];

    /// <summary>
    /// A photograph's mask: each object painted in the file's order over those before it, crowds left out, so that their pixels are background; no pixel is to be
    /// ignored. That is how the masks that others publish were made.
    /// </summary>
    /// <param name="index">0 to the number of <see cref="Images"/> - 1.</param>
    /// <exception cref="InvalidDataException">An outline is damaged; the message names the file and the photograph.</exception>
    public LabelMap Mask(int index)
    {
        var image = Images[index];
        var map = new LabelMap(image.Width, image.Height, new byte[image.Width * image.Height]);
        foreach (var instance in _instances[index].Where(instance => !instance.IsCrowd))
        {
            try
            {
                foreach (var outline in CocoOutline.Parse(_file.AsSpan(instance.Start, instance.Length), image.Width, image.Height))
                    outline.Paint(map, (byte)instance.Category);
            }
            catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
            {
                throw new InvalidDataException($"{_path}, {image.FileName}: an outline of \"{CocoClasses.Names[instance.Category - 1]}\" is damaged: {exception.Message}", exception);
            }
        }

        return map;
    }
}
