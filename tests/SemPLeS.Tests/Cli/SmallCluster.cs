using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>A Slurm of this machine's own: a controller and two nodes of one processor, started when it is first asked for.</summary>
public sealed class SmallCluster : IDisposable
{
    // More than the KillWait of slurm-cluster.sh.
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(7);

    private readonly string _folder = Directory.CreateTempSubdirectory("slurm").FullName;
    private readonly Lazy<(int Status, string Said)> _start;

    public SmallCluster() => _start = new(() => Execute(Script, ["start", _folder, FreePort().ToString(CultureInfo.InvariantCulture)], null));

    /// <summary>Why it does not start; null where it does.</summary>
    public string? Hindrance => _start.Value.Status == 0 ? null : _start.Value.Said.Trim().ReplaceLineEndings(" ");

    private string Configuration
    {
        get
        {
            Assert.Null(Hindrance);
            return Path.Combine(_folder, "slurm.conf");
        }
    }

    private static string Script => Path.Combine(TestFolders.Repository, "tests", "slurm-cluster.sh");

    public void Dispose()
    {
        if (_start.IsValueCreated)
            _ = Execute(Script, ["stop", _folder], null);
        // The daemons write their last words as they go.
        for (var attempt = 0; Directory.Exists(_folder); attempt++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
            }
            catch (IOException) when (attempt < 20)
            {
                Thread.Sleep(250);
            }
        }
    }

    /// <summary>The console, as somebody on the cluster runs it.</summary>
    public string Console(params string[] arguments) => Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "SemPLeS.Cli.dll"), .. arguments]);

    /// <summary>A command of Slurm.</summary>
    public string Run(string program, params string[] arguments)
    {
        var (status, said) = Execute(program, arguments, Configuration);
        Assert.True(status == 0, $"{program} {string.Join(' ', arguments)}: status {status}, {said}");
        return said;
    }

    /// <summary>A command of Slurm about a job that may have ended meanwhile.</summary>
    /// <returns>Whether it had not.</returns>
    public bool TryRun(string program, params string[] arguments) => Execute(program, arguments, Configuration).Status == 0;

    /// <summary>Jobs that have not ended: number and index, state, why they wait.</summary>
    public IReadOnlyList<(string Job, string State, string Reason)> Jobs() =>
        [.. Run("squeue", "--noheader", "--array", "--format=%i|%T|%r").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|')).Select(parts => (parts[0], parts[1], parts[2]))];

    /// <summary>
    /// Waits until no job is left. Slurm keeps a job that was queued again waiting for two minutes: here it may start as soon as what it was before is surely gone,
    /// whose end Slurm would else take for the new one's.
    /// </summary>
    public void WaitForAll(TimeSpan limit, Action<IReadOnlyList<(string Job, string State, string Reason)>>? watch = null)
    {
        var (clock, waiting) = (Stopwatch.StartNew(), new Dictionary<string, TimeSpan>());
        while (Jobs() is { Count: > 0 } jobs)
        {
            Assert.True(clock.Elapsed < limit, $"Not ended after {limit}: {string.Join("; ", jobs)}");
            watch?.Invoke(jobs);
            foreach (var (job, _, reason) in jobs)
            {
                if (reason != "BeginTime")
                    _ = waiting.Remove(job);
                else if (waiting.TryAdd(job, clock.Elapsed) || clock.Elapsed - waiting[job] < Gone)
                    continue;
                else
                    _ = TryRun("scontrol", "update", $"JobId={job}", "StartTime=now");
            }

            Thread.Sleep(250);
        }
    }

    private static (int Status, string Said) Execute(string program, string[] arguments, string? configuration)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (configuration is not null)
            start.Environment["SLURM_CONF"] = configuration;
        start.Environment["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(3)), $"{program} did not end.");
        return (process.ExitCode, output.Result + error.Result);
    }

    /// <summary>The first of three ports that nobody listens on.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var first = Random.Shared.Next(20_000, 30_000);
            try
            {
                foreach (var port in Enumerable.Range(first, 3))
                {
                    using var listener = new TcpListener(IPAddress.Loopback, port);
                    listener.Start();
                }

                return first;
            }
            catch (SocketException)
            {
                // Taken: the next three.
            }
        }
    }
}
