using static TorchSharp.torch;

namespace SemPLeS.Cli.Commands;

/// <summary>Where a command computes.</summary>
/// <param name="Device">Where tensors are.</param>
/// <param name="Threads">Processor threads.</param>
internal sealed record Hardware(Device Device, int Threads);
