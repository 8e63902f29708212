using System.Text.Json;
using SemPLeS.Cli;
using SemPLeS.Experiments;
using Xunit;

namespace SemPLeS.Tests.Cli;

[Trait(Speed.Name, Speed.Slow)]
public sealed class RunCommandTests : IDisposable
{
    private readonly string _output = Directory.CreateTempSubdirectory("report").FullName;

    public void Dispose() => Directory.Delete(_output, recursive: true);

    [Fact]
    public void A_world_is_stopped_gone_on_with_scored_and_reported_and_its_weights_score_the_same_again()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var stopped = ConsoleRun.Of(stop.Token, "run", "--output", _output);
        Assert.Equal(SemplesConsole.Stopped, stopped.Status);
        Assert.Contains("goes on from there", stopped.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_output, "index.html")));

        var run = ConsoleRun.Of("run", "--output", _output);
        Assert.Equal(SemplesConsole.Done, run.Status);
        Assert.Contains("went on from step 1 of 625", run.Error, StringComparison.Ordinal);
        Assert.All(["index.html", "results.json", "run.json", "pictures/picture-084.png"], name => Assert.True(File.Exists(Path.Combine(_output, name)), name));

        // Phase 1 of the reference implementation: 31.7 to 40.9 over five worlds, 33.2 on this one.
        var scores = ResultFile.Read(Path.Combine(_output, "results.json"))
            .Where(record => record is { Split: "train", Metric: "seed_miou" }).ToDictionary(record => record.Row, record => record.Value);
        var score = scores["phase-1"];
        Assert.InRange(score, 28, 45);
        // Stage a gains 2.3 to 8.6 points on worlds 0 to 3 of the reference, stage c more; on one world and seed only that they learn is sure.
        Assert.True(scores["stage-a"] > score && scores["stage-c"] > score, string.Join(' ', scores));
        Assert.All(scores.Values, value => Assert.Contains(value.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture), run.Output, StringComparison.Ordinal));
        // Masks are cleaner than seeds, and true masks teach more than masks of a stage.
        var segmentation = ResultFile.Read(Path.Combine(_output, "results.json")).ToLookup(record => (record.Row, record.Metric), record => record.Value);
        Assert.True(segmentation[("stage-c", "mask_crf_miou")].Single() > scores["stage-c"] - 3);
        Assert.True(segmentation[("supervised", "val_retrained_miou")].Single() > segmentation[("stage-c", "val_retrained_miou")].Single());
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(_output, "run.json")));
        Assert.Equal(3, record.RootElement.GetProperty("results")[0].GetProperty("stages").GetArrayLength());
        var retrainings = record.RootElement.GetProperty("results")[0].GetProperty("retrainings").EnumerateArray().Select(retraining => retraining.GetProperty("weights").GetString()!).ToArray();
        Assert.Equal(2, retrainings.Distinct().Count());
        Assert.All(retrainings, file => Assert.True(File.Exists(Path.Combine(_output, file)), file));
        var result = record.RootElement.GetProperty("results")[0].GetProperty("phase1");
        Assert.Equal(5, result.GetProperty("training").GetProperty("epochs").GetArrayLength());
        Assert.Equal(score, result.GetProperty("scores")[0].GetProperty("meanIou").GetDouble(), 1e-9);

        var weights = Path.Combine(_output, result.GetProperty("weights").GetString()!);
        var seeds = ConsoleRun.Of("seeds", "--weights", weights, "--world", "0", "--output", Path.Combine(_output, "seeds"));
        Assert.Equal(SemplesConsole.Done, seeds.Status);
        using var again = JsonDocument.Parse(File.ReadAllText(Path.Combine(_output, "seeds", "seeds.json")));
        Assert.Equal(score, again.RootElement.GetProperty("results")[0].GetProperty("meanIou").GetDouble(), 1e-9);
        Assert.Equal(MiniPreset.ScoredScenes, Directory.EnumerateFiles(Path.Combine(_output, "seeds"), "*.png").Count());
    }
}
