using SemPLeS.Experiments.Prices;

namespace SemPLeS.Cli.Slurm;

/// <summary>What a job is expected to need; null where nothing tells.</summary>
/// <param name="Seconds">Its time.</param>
/// <param name="MainBytes">Main memory.</param>
/// <param name="GpuBytes">Memory of its GPU; null where it has none.</param>
internal sealed record JobNeeds(double? Seconds, double? MainBytes, double? GpuBytes)
{
    /// <summary>The needs of a job.</summary>
    /// <param name="settings">What the job runs on.</param>
    /// <param name="price">What it costs; null where nobody can tell.</param>
    /// <param name="recorded">The seconds that earlier records tell, which go before an estimate.</param>
    public static JobNeeds Of(ClusterSettings settings, RunPrice? price, double? recorded = null)
    {
        var cores = settings.Cpus ?? 1;
        // On a GPU, pictures are looked at one by one.
        var together = settings.HasGpu ? 1 : cores;
        return new(
            recorded ?? price?.Seconds(settings.Teraflops ?? settings.UsualTeraflops, together),
            price?.MainBytes(settings.HasGpu, together),
            settings.HasGpu ? price?.TensorBytes(together) : null);
    }

    /// <summary>Needs that are enough for each of some jobs.</summary>
    public static JobNeeds Most(IReadOnlyList<JobNeeds> all) => new(Of(all, one => one.Seconds), Of(all, one => one.MainBytes), Of(all, one => one.GpuBytes));

    /// <summary>"1.2 h, 4.38 GB of main memory, 6.71 GB of a GPU".</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        Seconds is not { } seconds ? "a time that nothing tells" : seconds < 5400 ? FormattableString.Invariant($"{seconds / 60:0.#} min") : FormattableString.Invariant($"{seconds / 3600:0.#} h"),
        MainBytes is { } main ? FormattableString.Invariant($"{main / 1e9:0.00} GB of main memory") : null,
        GpuBytes is { } gpu ? FormattableString.Invariant($"{gpu / 1e9:0.00} GB of a GPU") : null,
    }.OfType<string>());

    private static double? Of(IReadOnlyList<JobNeeds> all, Func<JobNeeds, double?> need) => all.All(one => need(one) is not null) ? all.Max(need) : null;
}
