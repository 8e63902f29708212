using System.IO.Compression;
using System.Security.Cryptography;
using SemPLeS.Cli;
using SemPLeS.Fetching;
using Xunit;

namespace SemPLeS.Tests.Fetching;

public sealed class FetchProgramTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fetch").FullName;
    private readonly HttpClient _client = new();
    private FileServer _server = null!;
    private FetchPlan _plan = null!;
    private int _prepared;

    private string Data => Path.Combine(_folder, "data");

    public async Task InitializeAsync()
    {
        _server = await FileServer.StartAsync();
        using var zipped = new MemoryStream();
        using (var zip = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = zip.CreateEntry("set/a.txt").Open();
            stream.Write("a"u8);
        }

        _server.Content = zipped.ToArray();
        _plan = new FetchPlan("plan", "Pictures of a test",
        [
            new PublishedFile("set.zip")
            {
                Address = _server.Address,
                Licence = "free",
                Bytes = _server.Content.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(_server.Content)),
                Folder = "pictures",
                Unpack = new UnpackRule("set", 10, 100),
            },
            new PublishedFile("weights.bin") { ByHand = "ask for it", Licence = "free", IsOptional = true, Folder = "weights" },
        ])
        {
            PrepareText = "count",
            Prepare = (_, _, _) => $"prepared {++_prepared}",
        };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_plan_is_said_and_done_and_the_second_time_nothing_is_fetched()
    {
        var run = Run();
        Assert.Equal((SemplesConsole.Done, 1), (run.Status, _server.Ranges.Count));
        Assert.Equal("a", File.ReadAllText(Path.Combine(Data, "pictures", "a.txt")));
        Assert.All(["set.zip", _server.Address.ToString(), "licence  free", _plan.Files[0].Sha256!, "weights.bin (optional)", "ask for it", "prepared 1", "1 of 2 files are there; by hand, see above: weights.bin"], text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
        Assert.Contains("state    is there", Run().Output, StringComparison.Ordinal);
        Assert.Single(_server.Ranges);
    }

    [Fact]
    public void Whoever_deletes_what_was_unpacked_gets_it_again_from_the_archive()
    {
        _ = Run();
        Directory.Delete(Path.Combine(Data, "pictures"), recursive: true);
        Assert.Equal(SemplesConsole.Done, Run().Status);
        Assert.True(File.Exists(Path.Combine(Data, "pictures", "a.txt")));
        Assert.Single(_server.Ranges);
    }

    [Fact]
    public void Archives_can_be_removed_and_are_not_fetched_again()
    {
        _ = Run("--remove-archives");
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Data, "downloads")));
        Assert.Equal(SemplesConsole.Done, Run().Status);
        Assert.Single(_server.Ranges);
    }

    [Fact]
    public void A_dry_run_says_all_and_touches_nothing()
    {
        var run = Run("--dry-run");
        Assert.Equal(SemplesConsole.Done, run.Status);
        Assert.Contains(_server.Address.ToString(), run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
        Assert.Empty(_server.Ranges);
    }

    [Theory]
    [InlineData("set.zip", "")]
    [InlineData("set (1).zip", "set.zip=")]
    public void An_archive_fetched_by_other_means_is_taken(string name, string prefix)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, _server.Content);
        var run = Run("--from-file", prefix + path);
        Assert.Equal((SemplesConsole.Done, 0), (run.Status, _server.Ranges.Count));
        Assert.Equal("a", File.ReadAllText(Path.Combine(Data, "pictures", "a.txt")));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void A_single_file_fetched_by_hand_is_put_in_its_place()
    {
        var path = Path.Combine(_folder, "weights.bin");
        File.WriteAllText(path, "w");
        Assert.Equal(SemplesConsole.Done, Run("--from-file", path).Status);
        Assert.Equal("w", File.ReadAllText(Path.Combine(Data, "weights", "weights.bin")));
    }

    [Fact]
    public void A_file_of_a_person_is_checked_too()
    {
        var path = Path.Combine(_folder, "set.zip");
        File.WriteAllBytes(path, [.. _server.Content[..^1], 1]);
        AssertFails(path, Run("--from-file", path));
    }

    [Fact]
    public void A_file_that_the_plan_does_not_know_is_an_error()
    {
        var path = Path.Combine(_folder, "other.zip");
        AssertFails(path, Run("--from-file", path));
        File.WriteAllText(path, "");
        AssertFails("set.zip, weights.bin", Run("--from-file", path));
    }

    [Fact]
    public void A_file_that_only_people_get_stops_the_plan_that_needs_it()
    {
        _plan = _plan with { Files = [_plan.Files[0], _plan.Files[1] with { IsOptional = false }] };
        AssertFails("weights.bin can only be fetched by hand", Run());
        Assert.True(File.Exists(Path.Combine(Data, "pictures", "a.txt")));
        Assert.Equal(0, _prepared);
    }

    [Fact]
    public void Too_small_a_disk_is_said_before_anything_is_fetched()
    {
        AssertFails("GB are needed", Run(2L * _server.Content.Length - 1));
        Assert.Empty(_server.Ranges);
        Assert.Equal(SemplesConsole.Done, Run(2L * _server.Content.Length).Status);
    }

    [Fact]
    public void A_stopped_run_says_how_to_go_on()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using StringWriter output = new(), error = new();
        var status = FetchProgram.Run(_plan, ["--data", Data], new Terminal(output, error, stop.Token), new Downloader(_client), _ => long.MaxValue);
        Assert.Equal(SemplesConsole.Stopped, status);
        Assert.Contains("goes on from there", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_options_are_told()
    {
        var run = Run("--what");
        Assert.Equal(SemplesConsole.WrongUsage, run.Status);
        Assert.Contains("plan --help", run.Error, StringComparison.Ordinal);
    }

    private static void AssertFails(string text, Cli.ConsoleRun run)
    {
        Assert.Equal(SemplesConsole.Failed, run.Status);
        Assert.Contains(text, run.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
    }

    private Cli.ConsoleRun Run(params string[] arguments) => Run(long.MaxValue, arguments);

    private Cli.ConsoleRun Run(long freeBytes, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var status = FetchProgram.Run(_plan, ["--data", Data, .. arguments], new Terminal(output, error), new Downloader(_client), _ => freeBytes);
        return new Cli.ConsoleRun(status, output.ToString(), error.ToString());
    }
}
