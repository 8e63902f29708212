using System.Diagnostics;

namespace SemPLeS.Benchmarks;

/// <summary>Measures what lies between one lap and the next.</summary>
internal sealed class Clock
{
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Seconds since the last lap.</summary>
    public double Lap()
    {
        var (before, now) = (_last, Stopwatch.GetTimestamp());
        _last = now;
        return Stopwatch.GetElapsedTime(before, now).TotalSeconds;
    }
}
