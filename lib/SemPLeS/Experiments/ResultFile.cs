using System.Text.Json;
using System.Text.Json.Serialization;
using SemPLeS.Data;

namespace SemPLeS.Experiments;

/// <summary>results.json: an array of flat records {preset, world, seed, row, split, metric, value}, one a line.</summary>
public static class ResultFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads all records, in the file's order.</summary>
    /// <exception cref="InvalidDataException">The file is not such an array; the message names <paramref name="path"/>.</exception>
    /// <exception cref="IOException">The file is not there or can't be read.</exception>
    public static IReadOnlyList<ResultRecord> Read(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            var records = JsonSerializer.Deserialize<ResultRecord?[]>(stream, Options) ?? throw new JsonException("null in place of the array");
            return [.. records.Select((record, i) => record ?? throw new JsonException($"null in place of record {i}"))];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is not a list of results: {error.Message}", error);
        }
    }

    /// <summary>Writes the records in place of whatever the file held; a reader sees the old file or the new one, never a part.</summary>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static void Write(string path, IEnumerable<ResultRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var lines = records.Select(Line).ToArray();
        var text = lines.Length == 0 ? "[]\n" : "[\n  " + string.Join(",\n  ", lines) + "\n]\n";
        AtomicFile.WriteText(path, text);
    }

    /// <summary>
    /// Writes the records beside those that the file holds already, if it is there; one that differs from an old one in its value alone takes
    /// its place.
    /// </summary>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    /// <exception cref="InvalidDataException">The file is there, but not a list of results.</exception>
    public static void Update(string path, IEnumerable<ResultRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var all = new OrderedDictionary<ResultRecord, ResultRecord>();
        foreach (var record in (File.Exists(path) ? Read(path) : []).Concat(records))
            all[record with { Value = 0 }] = record;
        Write(path, all.Values);
    }

    private static string Line(ResultRecord record)
    {
        if (!double.IsFinite(record.Value))
            throw new ArgumentException($"The value of {record} is not finite.", nameof(record));
        return JsonSerializer.Serialize(record, Options);
    }
}
