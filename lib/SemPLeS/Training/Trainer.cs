using SemPLeS.Data;
using SemPLeS.Objectives;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>
/// Runs a training: order, augmentation and stochastic depth are functions of seed and step, so the same settings on the same number of threads end with
/// the same weights, bit for bit, and a training that goes on from a checkpoint ends with the weights of an undisturbed one.
/// </summary>
public sealed class Trainer
{
    private const int StepStream = 3;

    private readonly string _name;
    private readonly nn.Module _module;
    private readonly IReadOnlyList<(string Name, Parameter Parameter)> _learned;
    private readonly ILabelledImages _images;
    private readonly TrainingSettings _settings;
    private readonly Device _device;
    private readonly Func<TrainingStep, ObjectiveValues> _loss;
    private string? _start;

    /// <summary>Prepares a training.</summary>
    /// <param name="name">The stage's name in records and messages.</param>
    /// <param name="module">The network, on <paramref name="device"/>.</param>
    /// <param name="learned">The parameters that learn, with their names; the others are not touched.</param>
    /// <param name="images">What it learns from.</param>
    /// <param name="settings">How.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="loss">The loss of one step; its tensors are freed after the step.</param>
    /// <exception cref="ArgumentException">The images do not fill a batch, or a setting is out of range.</exception>
    public Trainer(
        string name,
        nn.Module module,
        IEnumerable<(string Name, Parameter Parameter)> learned,
        ILabelledImages images,
        TrainingSettings settings,
        Device device,
        Func<TrainingStep, ObjectiveValues> loss)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        (_name, _module, _learned, _images, _settings, _device, _loss) = (name, module, [.. learned], images, settings, device, loss);
        Steps = (long)settings.Epochs * settings.StepsPerEpoch(images.Count);
    }

    /// <summary>Steps of the whole training.</summary>
    public long Steps { get; }

    /// <summary>Trains from the beginning, or from the checkpoint if there is one.</summary>
    /// <param name="options">Where checkpoints go and who watches; null for neither.</param>
    /// <param name="cancellation">Ends the training after the current step, which is saved when there is a checkpoint file.</param>
    /// <returns>What happened.</returns>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">A picture or the checkpoint is damaged, or the checkpoint is of another configuration.</exception>
    public TrainingRecord Run(TrainingOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new TrainingOptions();
        using var optimizer = NewOptimizer();
        var checkpoint = options.CheckpointPath is { } path ? NewCheckpoint(path, optimizer) : null;
        var log = new TrainingLog(_name, _settings, Steps, options.Time);
        var first = checkpoint?.Restore(log) ?? 0;
        var loader = new BatchLoader(_images, _settings.Augmentation, _settings.BatchSize, _settings.Seed);
        _module.train();
        foreach (var batch in loader.Read(first, Steps))
        {
            var rate = _settings.LearningRate.At(batch.Step);
            var losses = Step(optimizer, batch, rate);
            if (losses.FirstOrDefault(loss => !double.IsFinite(loss.Value)) is { Name: { } term, Value: var value })
                throw new TrainingDivergedException(_name, batch.Step, $"the loss '{term}' is {value}", checkpoint?.LastSaved);
            log.Add(batch.Step, losses, rate);
            var done = batch.Step + 1;
            options.Progress?.Report(log.Progress(done));
            var cancelled = done < Steps && cancellation.IsCancellationRequested;
            if (checkpoint is not null && (done == Steps || done % (options.CheckpointEverySteps ?? loader.StepsPerEpoch) == 0 || cancelled))
            {
                RequireFiniteWeights(batch.Step, checkpoint);
                checkpoint.Save(done, log);
            }

            if (cancelled)
                throw new OperationCanceledException(cancellation);
        }

        if (checkpoint is null)
            RequireFiniteWeights(Steps - 1, checkpoint);
        _module.eval();
        optimizer.zero_grad();
        return log.Record(first);
    }

    private Checkpoint NewCheckpoint(string path, AdamW optimizer)
    {
        // A file is of a training that began from other weights than the module's, if an earlier run of this object wrote it.
        if (_start is null || !File.Exists(path))
            _start = Fingerprint.Of(_module);
        var configuration = new Dictionary<string, string>(SettingsText.Of(_settings))
        {
            ["Stage"] = _name,
            ["Images"] = Fingerprint.Of(_images),
            ["Start"] = _start,
        };
        return new Checkpoint(path, _module, _learned, optimizer, configuration);
    }

    private List<(string Name, double Value)> Step(AdamW optimizer, ImageBatch batch, double rate)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = rate;
        var loss = _loss(new TrainingStep(
            tensor(batch.Pixels, [.. batch.PixelShape]).to(_device),
            tensor(batch.Labels, [.. batch.LabelShape]).to(_device),
            batch.Step,
            batch.Epoch,
            new RandomStream(_settings.Seed, StepStream, batch.Step)));
        var values = loss.Terms.Select(term => (term.Name, (double)term.Value.cpu().item<float>())).Append(("total", loss.Total.detach().cpu().item<float>())).ToList();
        if (values.TrueForAll(value => double.IsFinite(value.Item2)))
        {
            loss.Total.backward();
            optimizer.step();
        }

        return values;
    }

    private AdamW NewOptimizer()
    {
        var settings = _settings.Optimizer;
        var decayed = _learned.Where(item => settings.DecayVectors || item.Parameter.ndim > 1).Select(item => item.Parameter).ToArray();
        var spared = _learned.Select(item => item.Parameter).Where(parameter => !settings.DecayVectors && parameter.ndim <= 1).ToArray();
        var groups = new[] { (decayed, settings.WeightDecay), (spared, 0) }
            .Where(group => group.Item1.Length > 0)
            .Select(group => new AdamW.ParamGroup(group.Item1, _settings.LearningRate.At(0), settings.Beta1, settings.Beta2, settings.Epsilon, group.Item2));
        return optim.AdamW(groups.ToArray(), beta1: settings.Beta1, beta2: settings.Beta2, eps: settings.Epsilon, weight_decay: settings.WeightDecay);
    }

    private void RequireFiniteWeights(long step, Checkpoint? checkpoint)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var (name, parameter) in _learned)
        {
            if (!parameter.isfinite().all().cpu().item<bool>())
                throw new TrainingDivergedException(_name, step, $"'{name}' has values that are not finite", checkpoint?.LastSaved);
        }
    }
}
