using System.Globalization;
using System.Text;

namespace SemPLeS.Experiments.Store;

/// <summary>Who has claimed a run, as the claim's file tells it: a line for each part.</summary>
/// <param name="Machine">The machine; two containers with process numbers of their own are two.</param>
/// <param name="Process">The process's number there.</param>
/// <param name="Started">When that process began, to tell it from a later one of the same number.</param>
/// <param name="Nonce">The claim's own name.</param>
internal sealed record ClaimOwner(string Machine, int Process, long Started, string Nonce)
{
    private static readonly Lazy<(string Machine, int Process, long Started)> Own = new(() =>
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return ($"{Environment.MachineName} {FirstLine("/proc/sys/kernel/random/boot_id")} {LinkTarget("/proc/self/ns/pid")}".TrimEnd(), process.Id, process.StartTime.ToUniversalTime().Ticks);
    });

    /// <summary>A claim of this process.</summary>
    public static ClaimOwner New() => new(Own.Value.Machine, Own.Value.Process, Own.Value.Started, Guid.NewGuid().ToString("N"));

    /// <summary>Whether this process can see that the owner lives no more. An owner on another machine may live.</summary>
    public bool IsKnownDead
    {
        get
        {
            if (Machine != Own.Value.Machine)
                return false;
            try
            {
                using var process = System.Diagnostics.Process.GetProcessById(Process);
                // The system's clock ticks slower than .NET counts.
                return Math.Abs(process.StartTime.ToUniversalTime().Ticks - Started) > TimeSpan.TicksPerSecond;
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                return true;
            }
        }
    }

    /// <summary>The file's content after so many signs of life; all are of one length, so that one can be written over another.</summary>
    public byte[] Content(long beat) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Machine}\n{Process}\n{Started}\n{Nonce}\n{beat:D12}\n"));

    /// <summary>Reads a file's content; null where it is not a claim's.</summary>
    public static ClaimOwner? Parse(string content) =>
        content.Split('\n') is [var machine, var process, var started, var nonce, { Length: > 0 }, ""]
        && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new(machine, number, ticks, nonce)
            : null;

    private static string FirstLine(string path) => File.Exists(path) ? File.ReadLines(path).FirstOrDefault() ?? "" : "";

    private static string LinkTarget(string path) => new FileInfo(path).LinkTarget ?? "";
}
