using static TorchSharp.torch;

namespace SemPLeS.Cli.Commands;

/// <summary>Where a command computes.</summary>
/// <param name="Device">Where tensors are.</param>
/// <param name="Threads">Processor threads of a training.</param>
/// <param name="Workers">Pictures that are scored at once.</param>
internal sealed record Hardware(Device Device, int Threads, int Workers);
