using System.Reflection;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>What a run was computed by and on.</summary>
/// <param name="Library">Version of this library.</param>
/// <param name="Libtorch">Version of libtorch.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="System">Operating system and processor architecture.</param>
/// <param name="Processors">Processors that the program may use.</param>
/// <param name="Threads">Threads that it was told to use.</param>
/// <param name="Device">Where tensors were.</param>
public sealed record MachineRecord(string Library, string Libtorch, string Runtime, string System, int Processors, int Threads, string Device)
{
    /// <summary>This machine.</summary>
    /// <param name="threads">Threads that the run uses.</param>
    /// <param name="device">Where tensors are.</param>
    public static MachineRecord Of(int threads, Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new MachineRecord(
            typeof(MachineRecord).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            __version__,
            RuntimeInformation.FrameworkDescription,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
            Environment.ProcessorCount,
            threads,
            device.ToString());
    }
}
