using System.Text.Json;

namespace SemPLeS.Training;

/// <summary>Gathers losses and times, and travels with checkpoints so that a record is whole after an interruption.</summary>
internal sealed class TrainingLog(string name, TrainingSettings settings, long steps, TimeProvider time)
{
    private static readonly JsonSerializerOptions Whole = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private readonly long _stepsPerEpoch = steps / settings.Epochs;
    private readonly long _start = time.GetTimestamp();
    private List<EpochRecord> _epochs = [];
    private Dictionary<string, double> _sums = [];
    private long _first;
    private long _epochStart = time.GetTimestamp();
    private double _secondsBefore;
    private double _rate;
    private int _inEpoch;

    public void Add(long step, IReadOnlyList<(string Name, double Value)> losses, double rate)
    {
        foreach (var (term, value) in losses)
            _sums[term] = _sums.GetValueOrDefault(term) + value;
        (_rate, _inEpoch) = (rate, _inEpoch + 1);
        if (_inEpoch < _stepsPerEpoch)
            return;
        _epochs.Add(new EpochRecord((int)(step / _stepsPerEpoch) + 1, Means(), rate, EpochSeconds()));
        (_sums, _inEpoch, _secondsBefore, _epochStart) = ([], 0, 0, time.GetTimestamp());
    }

    /// <summary>Leaves out of the records what was done between two epochs.</summary>
    public void BeginEpoch() => _epochStart = time.GetTimestamp();

    public TrainingProgress Progress(long done)
    {
        var elapsed = time.GetElapsedTime(_start);
        var losses = _inEpoch > 0 ? Means() : _epochs[^1].Losses;
        var remaining = elapsed * ((double)(steps - done) / Math.Max(1, done - _first));
        return new TrainingProgress(name, done, steps, (int)((done - 1) / _stepsPerEpoch) + 1, settings.Epochs, losses, _rate, elapsed, remaining);
    }

    public TrainingRecord Record(long first) => new(name, steps, first, _epochs, _epochs.Sum(epoch => epoch.Seconds));

    public string Serialize() => JsonSerializer.Serialize(new State(_epochs, _sums, EpochSeconds(), _inEpoch));

    public void Restore(string text, long step)
    {
        var state = JsonSerializer.Deserialize<State>(text, Whole) ?? throw new JsonException("The log is null.");
        (_epochs, _sums, _secondsBefore, _inEpoch, _first) = (state.Epochs, state.Sums, state.Seconds, state.InEpoch, step);
        if (_epochs.Count * _stepsPerEpoch + _inEpoch != step)
            throw new JsonException($"The log is of step {_epochs.Count * _stepsPerEpoch + _inEpoch}, not {step}.");
    }

    private Dictionary<string, double> Means() => _sums.ToDictionary(sum => sum.Key, sum => sum.Value / _inEpoch);

    private double EpochSeconds() => _secondsBefore + time.GetElapsedTime(_epochStart).TotalSeconds;

    private sealed record State(List<EpochRecord> Epochs, Dictionary<string, double> Sums, double Seconds, int InEpoch);
}
