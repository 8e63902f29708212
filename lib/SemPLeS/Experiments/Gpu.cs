using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace SemPLeS.Experiments;

/// <summary>An NVIDIA GPU as its driver describes it; TorchSharp tells neither name nor memory.</summary>
/// <param name="Name">Such as "NVIDIA A100-SXM4-40GB".</param>
/// <param name="TotalMegabytes">Its memory in MiB.</param>
/// <param name="FreeMegabytes">The part that no process holds.</param>
public sealed record Gpu(string Name, long TotalMegabytes, long FreeMegabytes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The GPUs of this machine; none where nvidia-smi is not installed, finds none or does not answer.</summary>
    public static IReadOnlyList<Gpu> List()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("nvidia-smi", ["--query-gpu=name,memory.total,memory.free", "--format=csv,noheader,nounits"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = process.StandardOutput.ReadToEndAsync();
            if (process.WaitForExit(Patience))
                return process.ExitCode == 0 ? Parse(output.Result) : [];
            process.Kill();
            return [];
        }
        catch (Win32Exception)
        {
            // There is no such program: no driver, no GPU.
            return [];
        }
    }

    /// <summary>Reads lines of `nvidia-smi --query-gpu=name,memory.total,memory.free --format=csv,noheader,nounits`; others are left out.</summary>
    /// <param name="lines">Such as "NVIDIA T4, 15360, 15100".</param>
    public static IReadOnlyList<Gpu> Parse(string lines) =>
    [
        .. from line in lines.Split('\n')
           let parts = line.Split(',', StringSplitOptions.TrimEntries)
           where parts.Length == 3 && IsNumber(parts[1]) && IsNumber(parts[2])
           select new Gpu(parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture)),
    ];

    private static bool IsNumber(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out _);
}
