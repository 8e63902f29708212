using System.Text.Json;

namespace SemPLeS.Data.Coco;

/// <summary>Reads an annotation file once from its beginning to its end; outlines are noted by their place and left unread.</summary>
internal static class CocoJson
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Photographs by their number, and instances in the file's order.</summary>
    public sealed record Content(Dictionary<long, CocoImage> Images, List<(long Image, CocoInstance Instance)> Instances);

    /// <exception cref="JsonException">It is no JSON, or misses what a file of instances has.</exception>
    /// <exception cref="FormatException">A value has another form.</exception>
    /// <exception cref="InvalidOperationException">A value has another type.</exception>
    public static Content Read(ReadOnlySpan<byte> file)
    {
        var images = new Dictionary<long, CocoImage>();
        List<(long, CocoInstance)>? instances = null;
        var reader = new Utf8JsonReader(file);
        Next(ref reader, JsonTokenType.StartObject);
        while (Property(ref reader))
        {
            if (reader.ValueTextEquals("images"u8))
            {
                Next(ref reader, JsonTokenType.StartArray);
                while (Element(ref reader))
                    ReadImage(ref reader, images);
            }
            else if (reader.ValueTextEquals("annotations"u8))
            {
                instances ??= [];
                Next(ref reader, JsonTokenType.StartArray);
                while (Element(ref reader))
                    instances.Add(ReadInstance(ref reader));
            }
            else if (reader.ValueTextEquals("categories"u8))
            {
                Next(ref reader, JsonTokenType.StartArray);
                while (Element(ref reader))
                    CheckCategory(ref reader);
            }
            else
            {
                Skip(ref reader);
            }
        }

        if (images.Count == 0 || instances is null)
            throw new JsonException("It lists no images, or no annotations.");
        return new Content(images, instances);
    }

    private static void ReadImage(ref Utf8JsonReader reader, Dictionary<long, CocoImage> images)
    {
        var (number, name, width, height) = JsonSerializer.Deserialize<ImageJson>(ref reader, Names)!;
        if (number is null || string.IsNullOrEmpty(name) || width < 1 || height < 1)
            throw new JsonException($"The image {number} \"{name}\" misses a number, a name or a size.");
        if (name != Path.GetFileName(name) || name.Any(char.IsControl))
            throw new JsonException($"The image {number} has the name \"{name}\", which is no file's.");
        if (!images.TryAdd(number.Value, new CocoImage(Path.GetFileNameWithoutExtension(name), name, width, height)))
            throw new JsonException($"The image {number} is listed twice.");
    }

    private static (long Image, CocoInstance Instance) ReadInstance(ref Utf8JsonReader reader)
    {
        long? image = null;
        var (category, crowd) = (0L, 0L);
        var (start, length) = (0, 0);
        while (Property(ref reader))
        {
            if (reader.ValueTextEquals("image_id"u8))
            {
                image = Integer(ref reader);
            }
            else if (reader.ValueTextEquals("category_id"u8))
            {
                category = Integer(ref reader);
            }
            else if (reader.ValueTextEquals("iscrowd"u8))
            {
                crowd = Integer(ref reader);
            }
            else if (reader.ValueTextEquals("segmentation"u8))
            {
                _ = reader.Read();
                start = (int)reader.TokenStartIndex;
                reader.Skip();
                length = (int)reader.BytesConsumed - start;
            }
            else
            {
                Skip(ref reader);
            }
        }

        if (image is null || length == 0)
            throw new JsonException("An annotation misses its image or its outline.");
        if (category < 1 || category > CocoClasses.Names.Count || CocoClasses.Gaps.Contains((int)category))
            throw new JsonException($"An annotation of the image {image} has the category {category}, which is none of COCO's.");
        return (image.Value, new CocoInstance((int)category, crowd != 0, start, length));
    }

    private static void CheckCategory(ref Utf8JsonReader reader)
    {
        var (number, name) = JsonSerializer.Deserialize<CategoryJson>(ref reader, Names)!;
        if (number < 1 || number > CocoClasses.Names.Count || CocoClasses.Names[(int)number - 1] != name)
            throw new JsonException($"Its category {number} is \"{name}\", not COCO's.");
    }

    private static void Next(ref Utf8JsonReader reader, JsonTokenType expected)
    {
        if (!reader.Read() || reader.TokenType != expected)
            throw new JsonException($"A {expected} was expected, not a {reader.TokenType}.");
    }

    /// <summary>Goes to the object's next property, whose name the reader then holds; false behind the last.</summary>
    private static bool Property(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes to the array's next element, an object; false behind the last.</summary>
    private static bool Element(ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.EndArray => false,
            _ => throw new JsonException($"An object was expected, not a {reader.TokenType}."),
        };
    }

    private static long Integer(ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        return reader.GetInt64();
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        reader.Skip();
    }

    private sealed record ImageJson(long? Id, string? FileName, int Width, int Height);

    private sealed record CategoryJson(long Id, string? Name);
}
