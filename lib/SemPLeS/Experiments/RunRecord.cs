using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SemPLeS.Data;

namespace SemPLeS.Experiments;

/// <summary>What a command did, to be read by programs and by whoever repeats it.</summary>
/// <param name="Command">The command line.</param>
/// <param name="Machine">What it was computed by and on.</param>
/// <param name="Started">When it began.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Results">One for each training, or each scored set of pictures.</param>
/// <typeparam name="T">What a result is.</typeparam>
public sealed record RunRecord<T>(string Command, MachineRecord Machine, DateTimeOffset Started, double Seconds, IReadOnlyList<T> Results)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the record as JSON, in place of whatever the file held; it appears when it is complete.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Write(string path)
    {
        var text = JsonSerializer.Serialize(this, Options) + "\n";
        AtomicFile.WriteText(path, text);
    }
}
