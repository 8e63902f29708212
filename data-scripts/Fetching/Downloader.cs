using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;

namespace SemPLeS.Fetching;

/// <summary>
/// Downloads files over HTTP: goes on where a connection was cut, also in a later process, tries again with growing pauses, and takes nothing for the file that has
/// another length or hash.
/// </summary>
/// <param name="client">Sends the requests; it should have no time limit of its own.</param>
/// <param name="policy">How patient it is; null: the defaults.</param>
/// <param name="time">The clock of pauses; null: the system's.</param>
public sealed class Downloader(HttpClient client, DownloadPolicy? policy = null, TimeProvider? time = null)
{
    private readonly DownloadPolicy _policy = policy ?? new DownloadPolicy();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Downloads a file; nothing is done where it is there already.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Where it is to lie; its folder is created.</param>
    /// <param name="progress">Takes the share of bytes that are there, 0 to 1.</param>
    /// <param name="cancellation">Asks to stop; what came so far is kept.</param>
    /// <exception cref="ArgumentException">The file has no address.</exception>
    /// <exception cref="IOException">The server could not be reached, or did not give the file, or the disk is full.</exception>
    /// <exception cref="InvalidDataException">What the server gives has another length or hash; the message names the file.</exception>
    public async Task FetchAsync(PublishedFile file, string path, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (file.Address is null)
            throw new ArgumentException($"{file.Name} has no address: {file.ByHand}", nameof(file));
        path = Path.GetFullPath(path);
        if (FileCheck.IsKnownGood(file, path))
            return;
        if (File.Exists(path))
        {
            FileCheck.Verify(file, path, progress, cancellation);
            FileCheck.Remember(file, path);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var state = new DownloadState(path);
        var attempts = Retrying();
        try
        {
            while (!await attempts.ExecuteAsync(async token => await AttemptAsync(file, state, progress, token), cancellation))
                cancellation.ThrowIfCancellationRequested();
        }
        catch (HttpRequestException exception)
        {
            throw new IOException($"{file.Address} could not be fetched: {Reason(exception)} Where a browser can, --from-file takes what it saved.", exception);
        }

        try
        {
            FileCheck.Verify(file, state.PartPath, progress, cancellation);
        }
        catch (InvalidDataException)
        {
            state.Delete();
            throw;
        }

        state.Finish();
        FileCheck.Remember(file, path);
    }

    private ResiliencePipeline<bool> Retrying() => _policy.Attempts == 1 ? ResiliencePipeline<bool>.Empty : new ResiliencePipelineBuilder<bool> { TimeProvider = _time }
        .AddRetry(new RetryStrategyOptions<bool>
        {
            MaxRetryAttempts = _policy.Attempts - 1,
            Delay = _policy.FirstPause,
            MaxDelay = _policy.LongestPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is HttpRequestException { } exception && MayPass(exception)),
            DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as RetryAfterException)?.Pause is { } pause
                ? pause < _policy.LongestPause ? pause : _policy.LongestPause
                : (TimeSpan?)null),
        })
        .Build();

    /// <summary>Asks once for what is missing.</summary>
    /// <returns>Whether the file is complete; otherwise enough came to ask again at once.</returns>
    private async Task<bool> AttemptAsync(PublishedFile file, DownloadState state, IProgress<double>? progress, CancellationToken cancellation)
    {
        var kept = state.Kept;
        if (kept > 0 && kept == file.Bytes)
            return true;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            silence.CancelAfter(_policy.Silence);
            using var request = new HttpRequestMessage(HttpMethod.Get, file.Address);
            if (kept > 0 && state.Validator() is { } validator)
            {
                request.Headers.Range = new RangeHeaderValue(kept, null);
                request.Headers.IfRange = validator;
            }

            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                if (response.Content.Headers.ContentRange?.Length == kept)
                    return true;
                state.Delete();
                return false;
            }

            var start = Start(file, response, kept);
            var total = start + response.Content.Headers.ContentLength;
            if (file.Bytes is { } bytes && total is { } length && length != bytes)
                throw new InvalidDataException($"{file.Address} has {length} bytes, not the {bytes} of {file.Name}: its publisher may have replaced it.");
            state.Remember(response);
            var received = await CopyAsync(response, state.PartPath, start, total ?? file.Bytes, progress, silence);
            if (total is null || start + received == total)
                return true;
            return received >= _policy.Headway
                ? false
                : throw new HttpRequestException(HttpRequestError.ResponseEnded, $"The connection was cut after {start + received} of {total} bytes.");
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"Nothing came for {_policy.Silence.TotalSeconds:0} s.", exception);
        }
    }

    /// <summary>Where the answer's bytes belong.</summary>
    private static long Start(PublishedFile file, HttpResponseMessage response, long kept)
    {
        if (!response.IsSuccessStatusCode)
        {
            var message = $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.";
            throw response.Headers.RetryAfter?.Delta is { } pause
                ? new RetryAfterException(message, response.StatusCode, pause)
                : new HttpRequestException(message, null, response.StatusCode);
        }

        if (response.Content.Headers.ContentType?.MediaType == "text/html")
            throw new InvalidDataException($"{file.Address} gives a page to read, not {file.Name}: its publisher may have moved it.");
        if (response.StatusCode != HttpStatusCode.PartialContent)
            return 0;
        return response.Content.Headers.ContentRange?.From == kept
            ? kept
            : throw new HttpRequestException(HttpRequestError.InvalidResponse, $"The server was asked for bytes from {kept} and sent others.");
    }

    /// <returns>How many bytes came before the connection ended.</returns>
    private async Task<long> CopyAsync(HttpResponseMessage response, string path, long start, long? total, IProgress<double>? progress, CancellationTokenSource silence)
    {
        await using var part = new FileStream(path, start > 0 ? FileMode.Open : FileMode.Create, FileAccess.Write, FileShare.Read);
        part.Seek(start, SeekOrigin.Begin);
        await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
        var buffer = new byte[1 << 17];
        var received = 0L;
        while (true)
        {
            silence.CancelAfter(_policy.Silence);
            int count;
            try
            {
                count = await body.ReadAsync(buffer, silence.Token);
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                // The server's side, not the disk's: what came is kept.
                return received;
            }

            if (count == 0)
                return received;
            await part.WriteAsync(buffer.AsMemory(0, count), silence.Token);
            received += count;
            if (total > 0)
                progress?.Report((double)(start + received) / total.Value);
        }
    }

    /// <summary>Whether another attempt may help.</summary>
    private static bool MayPass(HttpRequestException exception) => exception.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    private static string Reason(HttpRequestException exception)
    {
        var reason = exception.InnerException is { } inner && exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            ? $"{exception.Message} {exception.InnerException?.Message}" : exception.Message;
        return reason.TrimEnd().EndsWith('.') ? reason.TrimEnd() : reason.TrimEnd() + ".";
    }

    private sealed class RetryAfterException(string message, HttpStatusCode status, TimeSpan pause) : HttpRequestException(message, null, status)
    {
        public TimeSpan Pause { get; } = pause;
    }
}
