using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SemPLeS.Cli;
using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Tests.Weights;
using SemPLeS.Weights;
using Xunit;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Clip;

/// <summary>A CLIP of the published size, with random weights, as OpenAI and as Hugging Face publish theirs.</summary>
[Trait(Speed.Name, Speed.Slow)]
public sealed partial class FullSizeClipTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_vision_transformer_of_published_size_loads_from_either_in_little_more_than_its_own_memory()
    {
        using var scope = NewDisposeScope();
        var (script, single) = (_folder.File("ViT-B-32.pt"), _folder.File("model.safetensors"));
        Write(script, single);

        using (var fromScript = ClipModel.Load(script))
        using (var fromSingle = ClipModel.Load(single))
        {
            Assert.Equal(new ClipSettings(), fromScript.Settings);
            Assert.Equal(fromScript.Settings, fromSingle.Settings);
            var images = Clips.Values(1, 3, 224, 224);
            Assert.Equal(fromScript.EncodeImage(images).bytes, fromSingle.EncodeImage(images).bytes);
            var (text, other) = (fromScript.EncodeText(ClipTokenizer.Published, "a photo of boat."), fromSingle.EncodeText(ClipTokenizer.Published, "a photo of boat."));
            Assert.Equal(text.bytes, other.bytes);
        }

        using (var small = Clips.Frozen())
            small.Save(_folder.File("small"));
        var (_, _, nothing) = LoadInAProcessOfItsOwn(_folder.File("small"));
        foreach (var path in new[] { script, single })
        {
            var (seconds, size, peak) = LoadInAProcessOfItsOwn(path);
            output.WriteLine(FormattableString.Invariant(
                $"{Path.GetFileName(path)}: {seconds} s of processor time; peak {peak} MB, {nothing} of them the runtime's and libtorch's: {(peak - nothing) / size:0.00} times {size} MB"));
            Assert.InRange(size, 605, 606);
            Assert.InRange(peak - nothing, .9 * size, 1.3 * size);
        }
    }

    /// <summary>float16 weights in an archive, and their float32 values under Hugging Face's names.</summary>
    private void Write(string script, string single)
    {
        using var scope = NewDisposeScope();
        using var clip = ClipStart.Random(new ClipSettings(), new RandomStream(1));
        clip.Freeze();
        var numbers = new[] { ("input_resolution", 224L), ("context_length", 77), ("vocab_size", 49408) };
        ScriptArchive.Write(script, [.. clip.state_dict().Select(pair => (pair.Key, pair.Value)), .. numbers.Select(number => (number.Item1, full([], number.Item2)))], ScalarType.Float16);
        using var file = WeightsFile.Open(script);
        SafetensorsFile.Write(single, ClipNames.ToHuggingFace(file), dtype: ScalarType.Float32);
    }

    private static (double Seconds, double Size, double Peak) LoadInAProcessOfItsOwn(string path)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SemplesConsole).Assembly.Location, "weights", "inspect", "--load", path]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var match = Figures().Match(text);
        Assert.True(match.Success, text);
        return (Number(1), Number(2), Number(3));

        double Number(int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Loaded in [0-9.]+ s, ([0-9.]+) s of processor time; weights ([0-9]+) MB in float32, peak memory of the process ([0-9]+) MB")]
    private static partial Regex Figures();
}
