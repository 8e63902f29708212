using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SemPLeS.Data;

namespace SemPLeS.Experiments.Ablations;

/// <summary>A table with every number behind it, as JSON.</summary>
public static class AblationFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        // What has no interval or deviation, such as one world, is NaN.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the table; the file appears when it is complete.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, AblationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var text = JsonSerializer.Serialize(result, Options) + "\n";
        AtomicFile.WriteText(path, text);
    }
}
