using SemPLeS.Cli.Display;

namespace SemPLeS.Fetching;

/// <summary>Shows a share, in megabytes where their number is known.</summary>
internal sealed class ShareProgress(ProgressDisplay display, string what, long? bytes) : IProgress<double>
{
    private const long Megabyte = 1_000_000;

    /// <inheritdoc/>
    public void Report(double value)
    {
        var (unit, count) = bytes >= Megabyte ? ("MB", (int)(bytes.Value / Megabyte)) : ("%", 100);
        display.Report($"{what}, {unit}", (int)(value * count), count);
    }
}
