using System.Text.Json;
using SemPLeS.Cli;
using Xunit;

namespace SemPLeS.Tests.Cli;

[Trait(Speed.Name, Speed.Slow)]
public sealed class RetrainCommandTests : IDisposable
{
    private readonly string _output = Directory.CreateTempSubdirectory("retraining").FullName;

    public void Dispose() => Directory.Delete(_output, recursive: true);

    [Fact]
    public void A_world_is_stopped_gone_on_with_and_labelled_and_its_label_maps_can_be_learned()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var stopped = ConsoleRun.Of(stop.Token, "retrain", "--world", "0", "--output", _output);
        Assert.Equal(SemplesConsole.Stopped, stopped.Status);
        Assert.Contains("goes on from there", stopped.Error, StringComparison.Ordinal);

        var run = ConsoleRun.Of("retrain", "--world", "0", "--output", _output, "--predict");
        Assert.Equal(SemplesConsole.Done, run.Status);
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(_output, "retraining.json")));
        var result = record.RootElement.GetProperty("results")[0];
        Assert.Equal("truth", result.GetProperty("masks").GetString());
        Assert.Equal(1, result.GetProperty("training").GetProperty("resumedFrom").GetInt32());
        var scores = result.GetProperty("scores").EnumerateArray().ToDictionary(score => score.GetProperty("split").GetString()!, score => score.GetProperty("meanIou").GetDouble());
        Assert.Equal(["train", "train without CRF", "val", "val without CRF"], scores.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(scores["val"], 65, 90);

        var predictions = Path.Combine(_output, "predictions");
        Assert.Equal(1000, Directory.EnumerateFiles(predictions, "*.png").Count());
        stop.Cancel();
        var again = ConsoleRun.Of(stop.Token, "retrain", "--world", "0", "--masks", predictions, "--output", Path.Combine(_output, "again"));
        Assert.Equal(SemplesConsole.Stopped, again.Status);
    }
}
