using System.CommandLine;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Cli.Commands;

/// <summary>The options that say where a command computes.</summary>
internal sealed class HardwareOptions
{
    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "Processor threads; results depend on them by rounding only. [default: all, but 1 for training on a miniature world, whose networks are too small to share]",
        HelpName = "N",
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "cpu, cuda or cuda:N.",
        HelpName = "DEVICE",
        DefaultValueFactory = _ => "cpu",
    };

    public HardwareOptions(Command command)
    {
        _threads.Validators.Add(Checks.AtLeast(1));
        _device.Validators.Add(result =>
        {
            var name = result.Tokens is [var token] ? token.Value : "cpu";
            if (name is not ("cpu" or "cuda") && !(name.StartsWith("cuda:", StringComparison.Ordinal) && byte.TryParse(name[5..], NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                result.AddError($"--device is '{name}', not cpu, cuda or cuda:N.");
        });
        command.Add(_threads);
        command.Add(_device);
    }

    /// <summary>Whether the command line says where to compute.</summary>
    public bool IsDeviceGiven(ParseResult parsed) => parsed.GetResult(_device) is { Implicit: false };

    /// <summary>Sets libtorch's threads and finds the device.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="trainsMiniature">Whether miniature networks are to be trained.</param>
    /// <exception cref="InvalidOperationException">There is no such GPU.</exception>
    public Hardware Use(ParseResult parsed, bool trainsMiniature = false)
    {
        var (given, name) = (parsed.GetValue(_threads), parsed.GetRequiredValue(_device));
        var workers = given ?? Environment.ProcessorCount;
        var threads = given ?? (trainsMiniature ? 1 : workers);
        set_num_threads(threads);
        if (name == "cpu")
            return new Hardware(CPU, threads, workers);
        if (!cuda.is_available())
            throw new InvalidOperationException($"--device {name}: CUDA is not available. Either this machine has no GPU that its driver knows, or the libtorch in use ({__version__}) was built without CUDA.");
        var index = name.Length > 5 ? int.Parse(name[5..], CultureInfo.InvariantCulture) : 0;
        if (index >= cuda.device_count())
            throw new InvalidOperationException($"--device {name}: there is no such GPU; this machine has {cuda.device_count()}, counted from 0.");
        return new Hardware(device(DeviceType.CUDA, index), threads, 1);
    }
}
