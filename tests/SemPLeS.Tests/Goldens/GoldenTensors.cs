using System.Globalization;
using System.Text.Json;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Goldens;

/// <summary>
/// The tensors of a file of reference figures, and the rule by which a result equals one: by the Euclidean norm of the whole tensor, not by element.
/// </summary>
internal sealed class GoldenTensors(string path) : IDisposable
{
    /// <summary>The error allowed, as a share of the reference's norm.</summary>
    public const double Tolerance = 5e-5;

    private const double Floor = 1e-7;

    public SafetensorsFile File { get; } = SafetensorsFile.Open(path);

    public Tensor this[string key] => File.ReadFloat(key);

    public bool Has(string key) => File.Contains(key);

    public int Number(string key) => int.Parse(File.Metadata[key], CultureInfo.InvariantCulture);

    public string[] Names(string key) => JsonSerializer.Deserialize<string[]>(File.Metadata[key])!;

    /// <summary>Fails unless ||actual - reference|| is at most tolerance ||reference|| + 1e-7.</summary>
    public void AssertClose(string key, Tensor actual, double tolerance = Tolerance)
    {
        using var scope = NewDisposeScope();
        var reference = this[key];
        Assert.True(reference.shape.SequenceEqual(actual.shape), $"{key}: [{string.Join(", ", actual.shape)}] instead of [{string.Join(", ", reference.shape)}]");
        var error = (actual.detach().to(ScalarType.Float32) - reference).norm().item<float>();
        var limit = tolerance * reference.norm().item<float>() + Floor;
        Assert.True(error <= limit, $"{Path.GetFileName(File.FilePath)}, {key}: error {error:g3}, allowed {limit:g3}");
    }

    public void Dispose() => File.Dispose();
}
