using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using SemPLeS.Experiments;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Notebooks;

/// <summary>What a notebook is computed by and on.</summary>
public static class SetupTable
{
    /// <summary>Which torch, which device, which packages; for a preset of photographs also what its trainings need.</summary>
    /// <param name="device">Where tensors are to be.</param>
    /// <param name="preset">mini, mini-smoke, voc12 or coco14; null or empty is mini.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static TableSection Of(Device device, string? preset)
    {
        ArgumentNullException.ThrowIfNull(device);
        var live = MiniSize.Live(preset).Name;
        var name = string.IsNullOrEmpty(preset) ? live : preset;
        var gpus = device.type == DeviceType.CUDA ? Gpu.List() : [];
        return new TableSection("Setup", [new TableColumn("what"), new TableColumn("here")],
        [
            ["preset", name],
            .. Photographs(name, live),
            ["device", device.ToString()],
            .. gpus.Select(gpu => new[] { "GPU", string.Create(CultureInfo.InvariantCulture, $"{gpu.Name}, {gpu.FreeMegabytes / 1024.0:0.0} of {gpu.TotalMegabytes / 1024.0:0.0} GiB free") }),
            ["CUDA", cuda.is_available() ? $"{cuda.device_count()} GPU" : "not available"],
            ["threads", get_num_threads().ToString(CultureInfo.InvariantCulture)],
            ["libtorch", __version__],
            ["TorchSharp", Origin(typeof(torch).Assembly)],
            ["ImageSharp", Origin(typeof(SixLabors.ImageSharp.Image).Assembly)],
            [".NET", RuntimeInformation.FrameworkDescription],
        ]);
    }

    private static IReadOnlyList<string>[] Photographs(string preset, string live) => preset == live ? [] :
    [
        ["trained in this notebook", $"{live}: drawings"],
        [$"trained by the console, {preset}", PaperPreset.Named(preset).Needs.ToString()],
    ];

    /// <summary>The packages are signed, the stand-ins are not.</summary>
    private static string Origin(Assembly assembly) => assembly.GetName() is var name && name.GetPublicKeyToken() is { Length: > 0 }
        ? $"package {name.Version}"
        : "stand-in";
}
