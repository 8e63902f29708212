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
    private readonly IReadOnlyList<LearnedGroup> _learned;
    private readonly IReadOnlyList<LearnedGroup> _groups;
    private readonly ILabelledImages _images;
    private readonly TrainingSettings _settings;
    private readonly Device _device;
    private readonly Func<TrainingStep, ObjectiveValues> _loss;
    private readonly IReadOnlyDictionary<string, string> _configuration;
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
        : this(name, module, [All(learned, settings)], images, settings, device, loss, SettingsText.Of(settings))
    {
    }

    /// <summary>Prepares a training in which several groups of parameters learn at rates of their own.</summary>
    /// <param name="name">The stage's name in records and messages.</param>
    /// <param name="module">The network, on <paramref name="device"/>.</param>
    /// <param name="learned">The parameters that learn; the others are not touched.</param>
    /// <param name="images">What it learns from.</param>
    /// <param name="settings">How; rate and optimiser are the groups' own, and the records tell the settings' rate.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="loss">The loss of one step; its tensors are freed after the step.</param>
    /// <param name="configuration">What the result depends on besides images and start: a checkpoint of another configuration is refused.</param>
    /// <exception cref="ArgumentException">The images do not fill a batch, or a setting is out of range.</exception>
    internal Trainer(
        string name,
        nn.Module module,
        IReadOnlyList<LearnedGroup> learned,
        ILabelledImages images,
        TrainingSettings settings,
        Device device,
        Func<TrainingStep, ObjectiveValues> loss,
        IReadOnlyDictionary<string, string> configuration)
    {
        settings.Validate();
        foreach (var group in learned)
            group.Optimizer.Validate();
        (_name, _module, _learned, _images, _settings, _device, _loss, _configuration) = (name, module, learned, images, settings, device, loss, configuration);
        _groups = [.. Groups(learned)];
        Steps = (long)settings.Epochs * settings.StepsPerEpoch(images.Count);
    }

    /// <summary>What the loss is a mean over.</summary>
    public BatchShare Share { get; init; } = BatchShare.Whole;

    /// <summary>Steps of the whole training.</summary>
    public long Steps { get; }

    private IEnumerable<(string Name, Parameter Parameter)> Learned => _learned.SelectMany(group => group.Parameters);

    /// <summary>Trains from the beginning, or from the checkpoint if there is one.</summary>
    /// <param name="options">Where checkpoints go and who watches; null for neither.</param>
    /// <param name="cancellation">Ends the training after the current step, which is saved when there is a checkpoint file.</param>
    /// <returns>What happened.</returns>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">A picture or the checkpoint is damaged, or the checkpoint is of another configuration.</exception>
    /// <exception cref="InvalidOperationException">The loss is of the batch as a whole, and the options split it.</exception>
    public TrainingRecord Run(TrainingOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new TrainingOptions();
        var atOnce = Math.Min(options.MicroBatch ?? _settings.BatchSize, _settings.BatchSize);
        if (atOnce < _settings.BatchSize && Share == BatchShare.Whole)
            throw new InvalidOperationException($"{_name} can't be split into parts of {atOnce} images: its loss is of the batch as a whole.");
        using var optimizer = _groups[0].Optimizer.New(_groups);
        var checkpoint = options.CheckpointPath is { } path ? NewCheckpoint(path, optimizer) : null;
        var log = new TrainingLog(_name, _settings, Steps, options.Time);
        var first = checkpoint?.Restore(log) ?? 0;
        var loader = new BatchLoader(_images, _settings.Augmentation, _settings.BatchSize, _settings.Seed) { Time = options.Time };
        _module.train();
        foreach (var batch in loader.Read(first, Steps))
        {
            var rate = _settings.LearningRate.At(batch.Step);
            var losses = Step(optimizer, batch, atOnce);
            if (losses.FirstOrDefault(loss => !double.IsFinite(loss.Value)) is { Name: { } term, Value: var value })
                throw new TrainingDivergedException(_name, batch.Step, $"the loss '{term}' is {value}", checkpoint?.LastSaved);
            log.Add(batch.Step, losses, rate);
            var done = batch.Step + 1;
            options.Progress?.Report(log.Progress(done));
            if (options.AfterEpoch is { } afterEpoch && done % loader.StepsPerEpoch == 0)
            {
                _module.eval();
                afterEpoch((int)(done / loader.StepsPerEpoch));
                _module.train();
                log.BeginEpoch();
            }

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
        return log.Record(first) with { SecondsWaited = loader.Waited.TotalSeconds };
    }

    private Checkpoint NewCheckpoint(string path, OptimizerHelper optimizer)
    {
        // A file is of a training that began from other weights than the module's, if an earlier run of this object wrote it.
        if (_start is null || !File.Exists(path))
            _start = Fingerprint.Of(_module);
        var configuration = new Dictionary<string, string>(_configuration)
        {
            ["Stage"] = _name,
            ["Images"] = Fingerprint.Of(_images),
            ["Start"] = _start,
        };
        return new Checkpoint(path, _module, _groups, optimizer, configuration);
    }

    private List<(string Name, double Value)> Step(OptimizerHelper optimizer, ImageBatch batch, int atOnce)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        foreach (var (group, schedule) in optimizer.ParamGroups.Zip(_groups))
            group.LearningRate = schedule.LearningRate.At(batch.Step);
        List<(string Name, double Value)> values = [];
        for (var first = 0; first < batch.Indices.Count && values.TrueForAll(value => double.IsFinite(value.Value)); first += atOnce)
        {
            var part = Part(optimizer, batch, first, Math.Min(atOnce, batch.Indices.Count - first));
            values = values.Count == 0 ? part : [.. values.Zip(part, (sum, next) => (sum.Name, sum.Value + next.Value))];
        }

        if (values.TrueForAll(value => double.IsFinite(value.Value)))
            optimizer.step();
        return values;
    }

    /// <summary>Adds the gradient of a part of a batch.</summary>
    /// <returns>The part's share of the batch's losses.</returns>
    private List<(string Name, double Value)> Part(OptimizerHelper optimizer, ImageBatch batch, int first, int count)
    {
        using var scope = NewDisposeScope();
        var isWhole = count == batch.Indices.Count;
        var labels = tensor(Rows(batch.Labels), Shape(batch.LabelShape)).to(_device);
        var loss = _loss(new TrainingStep(
            tensor(Rows(batch.Pixels), Shape(batch.PixelShape)).to(_device),
            labels,
            isWhole ? batch.Indices : [.. batch.Indices.Skip(first).Take(count)],
            batch.Step,
            batch.Epoch,
            new RandomStream(_settings.Seed, StepStream, batch.Step) { Samples = isWhole ? null : (first, batch.Indices.Count) },
            scope,
            batch.Masks is null ? null : tensor(Rows(batch.Masks), Shape(batch.MaskShape)).to(_device))
        {
            Batch = (batch.Indices.Count, (long)batch.Labels.Sum()),
        });
        var share = isWhole ? 1 : Share == BatchShare.Images ? (double)count / batch.Indices.Count : labels.sum().cpu().item<float>() / batch.Labels.Sum();
        var values = loss.Terms.Select(term => (term.Name, share * term.Value.cpu().item<float>())).Append(("total", share * loss.Total.detach().cpu().item<float>())).ToList();
        if (values.TrueForAll(value => double.IsFinite(value.Item2)))
            (isWhole ? loss.Total : loss.Total * share).backward();
        return values;

        T[] Rows<T>(T[] all)
        {
            var row = all.Length / batch.Indices.Count;
            return isWhole ? all : all[(first * row)..((first + count) * row)];
        }

        long[] Shape(IReadOnlyList<long> whole) => [count, .. whole.Skip(1)];
    }

    /// <summary>The optimiser's groups: those that learn alike, parted into tensors that decay and tensors that do not.</summary>
    private static IEnumerable<LearnedGroup> Groups(IEnumerable<LearnedGroup> learned) => learned
        .SelectMany(group => new[]
        {
            group with { Parameters = [.. group.Parameters.Where(item => Decays(group, item.Parameter))] },
            group with
            {
                Parameters = [.. group.Parameters.Where(item => !Decays(group, item.Parameter))],
                Optimizer = group.Optimizer with { WeightDecay = 0 },
            },
        })
        .Where(group => group.Parameters.Count > 0);

    private static LearnedGroup All(IEnumerable<(string Name, Parameter Parameter)> learned, TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new([.. learned], settings.LearningRate, settings.Optimizer);
    }

    private static bool Decays(LearnedGroup group, Parameter parameter) => group.Optimizer.DecayVectors || parameter.ndim > 1;

    private void RequireFiniteWeights(long step, Checkpoint? checkpoint)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var (name, parameter) in Learned)
        {
            if (!parameter.isfinite().all().cpu().item<bool>())
                throw new TrainingDivergedException(_name, step, $"'{name}' has values that are not finite", checkpoint?.LastSaved);
        }
    }
}
