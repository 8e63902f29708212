using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using SemPLeS.Data;
using Xunit;

namespace SemPLeS.Tests.Fetching;

/// <summary>A download that is killed goes on, in a process of its own, where it was, and ends with the bytes that the server has.</summary>
public sealed class DownloadKillTests : IAsyncLifetime
{
    private const int Pieces = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("fetch").FullName;
    private FileServer _server = null!;

    private string Target => Path.Combine(_folder, "files", "file.bin");

    public async Task InitializeAsync()
    {
        _server = await FileServer.StartAsync();
        _server.Answer = GiveSlowlyAsync;
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    [Trait(Speed.Name, Speed.Slow)]
    public async Task Twenty_kills_leave_the_whole_file() => await KillAsync(times: 20, seed: 1);

    [Fact]
    public async Task A_kill_leaves_the_whole_file() => await KillAsync(times: 1, seed: 2);

    private async Task KillAsync(int times, long seed)
    {
        var (random, kills) = (new RandomStream(seed), 0);
        while (kills < times)
        {
            var requests = _server.Ranges.Count;
            using (var process = Start())
            {
                while (_server.Ranges.Count == requests && !process.HasExited)
                    Assert.True(DateTime.Now - process.StartTime < Limit, "Nothing was asked for.");
                await Task.Delay(Pause * Pieces * random.Uniform() / times);
                if (!process.HasExited)
                    kills++;
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }

            if (File.Exists(Target))
            {
                Assert.Equal(_server.Content, await File.ReadAllBytesAsync(Target));
                Directory.Delete(Path.Combine(_folder, "files"), recursive: true);
            }
        }

        using (var last = Start())
        {
            await last.WaitForExitAsync();
            Assert.Equal(0, last.ExitCode);
        }

        Assert.Equal(_server.Content, await File.ReadAllBytesAsync(Target));
        Assert.Contains(_server.Ranges, range => range.StartsWith("bytes=", StringComparison.Ordinal));
    }

    private Process Start()
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "FetchFile.dll"), _server.Address.ToString(), $"{_server.Content.Length}", Convert.ToHexStringLower(SHA256.HashData(_server.Content)), "--data", _folder,
        ];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>The file, or the rest of it that is asked for, in pieces.</summary>
    private async Task GiveSlowlyAsync(HttpContext context, int request)
    {
        var first = int.TryParse(context.Request.Headers.Range.ToString().Replace("bytes=", "", StringComparison.Ordinal).TrimEnd('-'), out var asked) ? asked : 0;
        context.Response.StatusCode = first > 0 ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;
        context.Response.ContentLength = _server.Content.Length - first;
        context.Response.Headers.ETag = _server.Tag;
        if (first > 0)
            context.Response.Headers.ContentRange = $"bytes {first}-{_server.Content.Length - 1}/{_server.Content.Length}";
        var piece = _server.Content.Length / Pieces;
        for (; first < _server.Content.Length; first += piece)
        {
            await context.Response.Body.WriteAsync(_server.Content.AsMemory(first, Math.Min(piece, _server.Content.Length - first)), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Pause, context.RequestAborted);
        }
    }
}
