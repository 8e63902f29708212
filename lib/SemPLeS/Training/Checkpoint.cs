using System.Globalization;
using System.Text.Json;
using SemPLeS.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>
/// The state of a training in one safetensors file: weights as <c>model.*</c>, the optimiser's moments as <c>optimizer.*</c>, step, log and configuration in the
/// metadata. Nothing random needs saving: it follows from seed and step.
/// </summary>
internal sealed class Checkpoint
{
    private const string Model = "model.";
    private const string Optimizer = "optimizer.";

    private readonly string _path;
    private readonly nn.Module _module;
    private readonly OptimizerSettings _settings;
    private readonly OptimizerHelper _optimizer;
    private readonly IReadOnlyDictionary<string, string> _configuration;
    private readonly (string Name, Parameter Parameter)[] _learned;

    public Checkpoint(string path, nn.Module module, IReadOnlyList<LearnedGroup> groups, OptimizerHelper optimizer, IReadOnlyDictionary<string, string> configuration)
    {
        (_path, _module, _settings, _optimizer, _configuration) = (path, module, groups[0].Optimizer, optimizer, configuration);
        // The optimiser lists its states in the order of its groups' parameters.
        _learned = [.. groups.SelectMany(group => group.Parameters)];
    }

    /// <summary>The file and the number of steps that it holds, once it was written or read.</summary>
    public (string Path, long Step)? LastSaved { get; private set; }

    public void Save(long step, TrainingLog log)
    {
        using var scope = NewDisposeScope();
        var tensors = _module.state_dict().Select(item => (Model + item.Key, item.Value))
            .Concat(States().SelectMany(Moments));
        SafetensorsFile.Write(_path, tensors, new Dictionary<string, string>
        {
            ["step"] = step.ToString(CultureInfo.InvariantCulture),
            ["configuration"] = JsonSerializer.Serialize(_configuration),
            ["log"] = log.Serialize(),
        });
        LastSaved = (_path, step);
    }

    /// <summary>Sets weights, moments and log from the file, if there is one.</summary>
    /// <returns>The steps that are done: 0 without a file.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or of another configuration; nothing was changed then.</exception>
    public long Restore(TrainingLog log)
    {
        if (!File.Exists(_path))
            return 0;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var file = SafetensorsFile.Open(_path);
        var step = ReadMetadata(file, log);
        var moments = States().Select(item => (item.State, Values: Moments(item).Select(moment => ReadMoment(file, moment.Name, moment.Value)).ToList())).ToList();
        StateDict.Load(_module, file, Model);
        foreach (var (state, values) in moments)
            _settings.Restore(state, step, values);
        LastSaved = (_path, step);
        return step;
    }

    private long ReadMetadata(SafetensorsFile file, TrainingLog log)
    {
        try
        {
            var step = long.Parse(file.Metadata.GetValueOrDefault("step") ?? string.Empty, NumberStyles.None, CultureInfo.InvariantCulture);
            var configuration = JsonSerializer.Deserialize<Dictionary<string, string>>(file.Metadata.GetValueOrDefault("configuration") ?? "null") ?? [];
            if (SettingsText.Differences(_configuration, configuration) is { Count: > 0 } differences)
            {
                throw new InvalidDataException(
                    $"{_path} is a checkpoint of another configuration; delete it or choose another folder to train anew. This run and the file differ in {string.Join("; ", differences)}.");
            }

            log.Restore(file.Metadata.GetValueOrDefault("log") ?? "null", step);
            return step;
        }
        catch (Exception e) when (e is FormatException or OverflowException or JsonException)
        {
            throw new InvalidDataException($"{_path} is not a checkpoint of a training: {e.Message}", e);
        }
    }

    private static Tensor ReadMoment(SafetensorsFile file, string name, Tensor own)
    {
        var moment = file.ReadFloat(name);
        return moment.shape.SequenceEqual(own.shape)
            ? moment.to(own.device)
            : throw new InvalidDataException($"{file.FilePath}, tensor '{name}': [{string.Join(", ", moment.shape)}] is not [{string.Join(", ", own.shape)}].");
    }

    /// <summary>A parameter's moments, under their names in the file.</summary>
    private IEnumerable<(string Name, Tensor Value)> Moments((string Name, Parameter Parameter, OptimizerState State) item) =>
        _settings.Moments(item.State, item.Parameter).Select(moment => ($"{Optimizer}{moment.Name}.{item.Name}", moment.Value));

    private IEnumerable<(string Name, Parameter Parameter, OptimizerState State)> States() =>
        _learned.Zip(_optimizer.state_dict().State, (item, state) => (item.Name, item.Parameter, state));
}
