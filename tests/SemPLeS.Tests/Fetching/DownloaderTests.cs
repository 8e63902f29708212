using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using SemPLeS.Fetching;
using Xunit;

namespace SemPLeS.Tests.Fetching;

public sealed class DownloaderTests : IAsyncLifetime
{
    private static readonly DownloadPolicy Quick = new() { Attempts = 4, FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(20) };

    private readonly string _folder = Directory.CreateTempSubdirectory("download").FullName;
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private FileServer _server = null!;

    private string Target => Path.Combine(_folder, "a", "file.bin");

    public async Task InitializeAsync() => _server = await FileServer.StartAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_is_fetched_once()
    {
        await FetchAsync();
        await FetchAsync();
        AssertComplete();
        Assert.Equal([""], _server.Ranges);
    }

    [Fact]
    public async Task A_file_that_is_there_is_checked_and_not_fetched()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        await File.WriteAllBytesAsync(Target, _server.Content);
        await FetchAsync();
        Assert.Empty(_server.Ranges);
        await File.WriteAllBytesAsync(Target, new byte[_server.Content.Length]);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => FetchAsync());
        Assert.Contains(Target, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_connection_is_gone_on_from()
    {
        _server.Answer = (context, i) => i == 0 ? _server.GiveAndCutAsync(context, 100_000) : _server.GiveAsync(context);
        await FetchAsync();
        AssertComplete();
        Assert.Equal(["", "bytes=100000-"], _server.Ranges);
    }

    [Fact]
    public async Task A_later_process_goes_on_where_an_earlier_gave_up()
    {
        _server.Answer = (context, _) => _server.GiveAndCutAsync(context, 200_000);
        await Assert.ThrowsAsync<IOException>(() => FetchAsync(Quick with { Attempts = 1 }));
        Assert.False(File.Exists(Target));

        _server.Answer = null;
        await FetchAsync();
        AssertComplete();
        Assert.Equal("bytes=200000-", _server.Ranges[^1]);
    }

    [Fact]
    public async Task Connections_that_are_cut_again_and_again_are_no_failure_while_they_bring_something()
    {
        _server.Answer = async (context, i) =>
        {
            if (i == 10)
            {
                await _server.GiveAsync(context);
                return;
            }

            context.Response.StatusCode = i == 0 ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
            context.Response.ContentLength = _server.Content.Length - (i * 20_000);
            context.Response.Headers.ETag = _server.Tag;
            if (i > 0)
                context.Response.Headers.ContentRange = $"bytes {i * 20_000}-{_server.Content.Length - 1}/{_server.Content.Length}";
            await context.Response.Body.WriteAsync(_server.Content.AsMemory(i * 20_000, 20_000));
            await context.Response.Body.FlushAsync();
            await Task.Delay(50);
            context.Abort();
        };
        await FetchAsync(Quick with { Attempts = 2, Headway = 10_000 });
        AssertComplete();
        Assert.Equal(11, _server.Ranges.Count);
    }

    [Fact]
    public async Task A_file_that_changed_meanwhile_is_begun_anew()
    {
        _server.Answer = async (context, i) =>
        {
            if (i > 0)
            {
                await _server.GiveAsync(context);
                return;
            }

            await _server.GiveAndCutAsync(context, 100_000);
            (_server.Content, _server.Tag) = ([.. _server.Content.Reverse()], "\"second\"");
        };
        await FetchAsync(file: Published(checkHash: false));
        AssertComplete();
        Assert.Equal("bytes=100000-", _server.Ranges[1]);
    }

    [Fact]
    public async Task A_server_without_ranges_is_asked_for_all_again()
    {
        _server.Answer = (context, i) => i == 0 ? _server.GiveAndCutAsync(context, 100_000) : context.Response.Body.WriteAsync(_server.Content).AsTask();
        await FetchAsync();
        AssertComplete();
    }

    [Fact]
    public async Task A_wrong_hash_is_an_error_and_leaves_nothing()
    {
        var file = Published();
        _server.Content[123] ^= 1;
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => FetchAsync(file: file));
        Assert.Contains("file.bin", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(Target)!));
        Assert.Single(_server.Ranges);
    }

    [Fact]
    public async Task The_beginning_of_a_hash_is_enough()
    {
        var file = Published();
        await FetchAsync(file: file with { Sha256 = file.Sha256![..8] });
        AssertComplete();
    }

    [Theory]
    [InlineData(299_999)]
    [InlineData(300_001)]
    public async Task A_wrong_size_is_an_error_before_anything_is_taken(long bytes)
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => FetchAsync(file: Published() with { Bytes = bytes }));
        Assert.Contains($"300000 bytes, not the {bytes}", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(Target)!));
    }

    [Theory]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status500InternalServerError)]
    public async Task A_busy_server_is_asked_again(int status)
    {
        _server.Answer = (context, i) => i < 3 ? RefuseAsync(context, status, "1000") : _server.GiveAsync(context);
        await FetchAsync();
        AssertComplete();
        Assert.Equal(4, _server.Ranges.Count);
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_given_up()
    {
        _server.Answer = (context, _) => RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, null);
        var error = await Assert.ThrowsAsync<IOException>(() => FetchAsync());
        Assert.Contains($"{_server.Address} could not be fetched: The server answered 503", error.Message, StringComparison.Ordinal);
        Assert.Equal(Quick.Attempts, _server.Ranges.Count);
    }

    [Theory]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status403Forbidden)]
    public async Task A_refusal_is_final(int status)
    {
        _server.Answer = (context, _) => RefuseAsync(context, status, null);
        var error = await Assert.ThrowsAsync<IOException>(() => FetchAsync());
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        Assert.Single(_server.Ranges);
    }

    [Fact]
    public async Task A_page_is_not_taken_for_the_file()
    {
        _server.Answer = (context, _) => Results.Content("<html>Sign in</html>", "text/html").ExecuteAsync(context);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => FetchAsync(file: Published() with { Bytes = null, Sha256 = null }));
        Assert.Contains("page to read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_asked_again()
    {
        _server.Answer = async (context, i) =>
        {
            if (i == 0)
            {
                context.Response.ContentLength = _server.Content.Length;
                context.Response.Headers.ETag = _server.Tag;
                await context.Response.Body.WriteAsync(_server.Content.AsMemory(0, 50_000));
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            else
            {
                await _server.GiveAsync(context);
            }
        };
        await FetchAsync(Quick with { Silence = TimeSpan.FromMilliseconds(500) });
        AssertComplete();
        Assert.Equal(["", "bytes=50000-"], _server.Ranges);
    }

    [Fact]
    public async Task Without_a_network_the_error_says_what_else_can_be_done()
    {
        var file = Published();
        await _server.DisposeAsync();
        var error = await Assert.ThrowsAsync<IOException>(() => FetchAsync(file: file));
        Assert.Contains(_server.Address.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains("--from-file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stops_it_keeps_what_came()
    {
        using var stop = new CancellationTokenSource();
        _server.Answer = async (context, i) =>
        {
            if (i == 0)
            {
                context.Response.ContentLength = _server.Content.Length;
                context.Response.Headers.ETag = _server.Tag;
                await context.Response.Body.WriteAsync(_server.Content.AsMemory(0, 50_000));
                await context.Response.Body.FlushAsync();
                await Task.Delay(200);
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            else
            {
                await _server.GiveAsync(context);
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FetchAsync(cancellation: stop.Token));
        await FetchAsync();
        AssertComplete();
        Assert.Equal("bytes=50000-", _server.Ranges[1]);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_not_tried_again()
    {
        if (!File.Exists("/dev/full"))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.CreateSymbolicLink(Target + ".part", "/dev/full");
        var error = await Assert.ThrowsAsync<IOException>(() => FetchAsync());
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Single(_server.Ranges);
    }

    [Fact]
    public Task A_file_without_an_address_is_misuse() => Assert.ThrowsAsync<ArgumentException>(() => FetchAsync(file: Published() with { Address = null }));

    private static Task RefuseAsync(HttpContext context, int status, string? retryAfter)
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    }

    private PublishedFile Published(bool checkHash = true) => new("file.bin")
    {
        Address = _server.Address,
        Licence = "none",
        Folder = "a",
        Bytes = _server.Content.Length,
        Sha256 = checkHash ? Convert.ToHexStringLower(SHA256.HashData(_server.Content)) : null,
    };

    private Task FetchAsync(DownloadPolicy? policy = null, PublishedFile? file = null, CancellationToken cancellation = default) =>
        new Downloader(_client, policy ?? Quick).FetchAsync(file ?? Published(), Target, null, cancellation);

    private void AssertComplete()
    {
        Assert.Equal(_server.Content, File.ReadAllBytes(Target));
        Assert.False(File.Exists(Target + ".part") || File.Exists(Target + ".part.tag"));
    }
}
