using System.Globalization;
using System.Text.Json;
using SemPLeS.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>
/// The state of a training in one safetensors file: weights as <c>model.*</c>, AdamW's moments as <c>optimizer.*</c>, step, log and configuration in the
/// metadata. Nothing random needs saving: it follows from seed and step.
/// </summary>
internal sealed class Checkpoint
{
    private const string Model = "model.";
    private const string FirstMoment = "optimizer.exp_avg.";
    private const string SecondMoment = "optimizer.exp_avg_sq.";

    private readonly string _path;
    private readonly nn.Module _module;
    private readonly AdamW _optimizer;
    private readonly IReadOnlyDictionary<string, string> _configuration;
    private readonly string[] _names;

    public Checkpoint(
        string path, nn.Module module, IReadOnlyList<(string Name, Parameter Parameter)> learned, AdamW optimizer, IReadOnlyDictionary<string, string> configuration)
    {
        (_path, _module, _optimizer, _configuration) = (path, module, optimizer, configuration);
        // The optimizer lists its states in the order of its parameters, whose groups are not the module's.
        _names = [.. optimizer.parameters().Select(parameter => learned.First(item => ReferenceEquals(item.Parameter, parameter)).Name)];
    }

    /// <summary>The file and the number of steps that it holds, once it was written or read.</summary>
    public (string Path, long Step)? LastSaved { get; private set; }

    public void Save(long step, TrainingLog log)
    {
        using var scope = NewDisposeScope();
        var tensors = _module.state_dict().Select(item => (Model + item.Key, item.Value))
            .Concat(States().SelectMany(state => new[] { (FirstMoment + state.Name, state.State.exp_avg), (SecondMoment + state.Name, state.State.exp_avg_sq) }));
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
        var moments = States().Select(state => (state.State, First: Moment(file, FirstMoment, state.Name, state.State), Second: Moment(file, SecondMoment, state.Name, state.State))).ToList();
        StateDict.Load(_module, file, Model);
        foreach (var (state, first, second) in moments)
        {
            state.step = step;
            state.exp_avg.copy_(first);
            state.exp_avg_sq.copy_(second);
        }

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

    private static Tensor Moment(SafetensorsFile file, string prefix, string name, AdamW.State state)
    {
        var moment = file.ReadFloat(prefix + name);
        return moment.shape.SequenceEqual(state.exp_avg.shape)
            ? moment.to(state.exp_avg.device)
            : throw new InvalidDataException($"{file.FilePath}, tensor '{prefix}{name}': [{string.Join(", ", moment.shape)}] is not [{string.Join(", ", state.exp_avg.shape)}].");
    }

    private IEnumerable<(string Name, AdamW.State State)> States() => _names.Zip(_optimizer.state_dict().State.Cast<AdamW.State>());
}
