using System.Diagnostics;

namespace SemPLeS.Benchmarks;

/// <summary>Resident memory of this process, managed and native.</summary>
internal static class ResidentMemory
{
    /// <summary>The most there was since <see cref="ForgetPeak"/>, or since the process began where the system can't forget.</summary>
    public static double PeakGigabytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 / 1e9;
        }
    }

    /// <summary>Prints the peak.</summary>
    public static void Tell() => Console.WriteLine(FormattableString.Invariant($"peak resident memory: {PeakGigabytes:0.00} GB"));

    /// <summary>Lets the peak begin at what is resident now (Linux; proc(5), clear_refs).</summary>
    public static void ForgetPeak()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5");
    }
}
