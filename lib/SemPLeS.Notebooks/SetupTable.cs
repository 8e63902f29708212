using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Notebooks;

/// <summary>What a notebook is computed by and on.</summary>
public static class SetupTable
{
    /// <summary>Which torch, which device, which packages.</summary>
    /// <param name="device">Where tensors are to be.</param>
    /// <param name="preset">What is trained on, such as mini.</param>
    public static TableSection Of(Device device, string preset)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentException.ThrowIfNullOrEmpty(preset);
        return new TableSection("Setup", [new TableColumn("what"), new TableColumn("here")],
        [
            ["preset", preset],
            ["device", device.ToString()],
            ["CUDA", cuda.is_available() ? $"{cuda.device_count()} GPU" : "not available"],
            ["threads", get_num_threads().ToString(CultureInfo.InvariantCulture)],
            ["libtorch", __version__],
            ["TorchSharp", Origin(typeof(torch).Assembly)],
            ["ImageSharp", Origin(typeof(SixLabors.ImageSharp.Image).Assembly)],
            [".NET", RuntimeInformation.FrameworkDescription],
        ]);
    }

    /// <summary>The packages are signed, the stand-ins are not.</summary>
    private static string Origin(Assembly assembly) => assembly.GetName() is var name && name.GetPublicKeyToken() is { Length: > 0 }
        ? $"package {name.Version}"
        : "stand-in";
}
