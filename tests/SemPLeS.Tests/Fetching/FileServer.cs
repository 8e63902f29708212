using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace SemPLeS.Tests.Fetching;

/// <summary>A web server of this machine that gives a file, as well or as badly as it is told.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly List<string> _ranges = [];
    private int _requests;

    private FileServer(WebApplication application) => _application = application;

    /// <summary>The file.</summary>
    public byte[] Content { get; set; } = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7919 >> 5))];

    /// <summary>Its version.</summary>
    public string Tag { get; set; } = "\"first\"";

    /// <summary>Answers a request, given its number from 0; null: the file, or the range that is asked for.</summary>
    public Func<HttpContext, int, Task>? Answer { get; set; }

    /// <summary>The Range header of each request so far, or "".</summary>
    public IReadOnlyList<string> Ranges => _ranges;

    public Uri Address { get; private set; } = null!;

    public static async Task<FileServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new FileServer(builder.Build());
        server._application.Run(server.HandleAsync);
        await server._application.StartAsync();
        server.Address = new Uri(server._application.Urls.Single() + "/file.bin");
        return server;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    /// <summary>The file, or the range of it that is asked for.</summary>
    public Task GiveAsync(HttpContext context) =>
        Results.Bytes(Content, "application/octet-stream", enableRangeProcessing: true, entityTag: EntityTagHeaderValue.Parse(Tag)).ExecuteAsync(context);

    /// <summary>The whole file, whatever is asked for; the connection is cut after some bytes of it.</summary>
    public async Task GiveAndCutAsync(HttpContext context, int bytes)
    {
        context.Response.ContentLength = Content.Length;
        context.Response.Headers.ETag = Tag;
        await context.Response.Body.WriteAsync(Content.AsMemory(0, bytes));
        await context.Response.Body.FlushAsync();
        // What was flushed must have been read before the connection is reset.
        await Task.Delay(50);
        context.Abort();
    }

    private Task HandleAsync(HttpContext context)
    {
        lock (_ranges)
            _ranges.Add(context.Request.Headers.Range.ToString());
        return Answer is { } answer ? answer(context, _requests++) : GiveAsync(context);
    }
}
