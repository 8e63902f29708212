using System.Globalization;
using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using SemPLeS.Tests.Goldens;
using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Objectives;

/// <summary>A file of reference figures of the stages: its networks, inputs and constants.</summary>
internal sealed class GoldenStages : IDisposable
{
    public GoldenStages(string file)
    {
        Figures = new GoldenTensors(Path.Combine(TestFolders.Goldens, file));
        Clip = new StageClip(ClipModel.Load(Figures.File, "clip."), Tokens());
        Template = new PromptTemplate(
            Figures.Number("clip_sot"), Numbers("clip_template_prefix"), Numbers("clip_template_suffix"), Figures.Number("clip_eot"));
    }

    public GoldenTensors Figures { get; }

    public StageClip Clip { get; }

    public PromptTemplate Template { get; }

    public ObjectiveSum Matching => ObjectiveSum.Matching(Constant("lambda_b"));

    public ObjectiveSum Prompting => ObjectiveSum.Prompting(Constant("lambda_T"));

    public ObjectiveSum Refinement => ObjectiveSum.Refinement(Constant("lambda_b"), Constant("lambda_"));

    public double Constant(string key) => double.Parse(Figures.File.Metadata[key], CultureInfo.InvariantCulture);

    /// <summary>The generator, its head and fusion as a trajectory left them where one is named.</summary>
    public WeakTrGenerator Generator(string? after = null)
    {
        var generator = WeakTrGenerator.Load(Figures.File, prefix: "generator.");
        using var noGradient = no_grad();
        if (after is not null)
        {
            foreach (var (name, parameter) in generator.LearnedParameters(GeneratorForm.Stage))
                parameter.copy_(Figures[$"{after}.{name}"]);
        }

        return generator;
    }

    public PromptLearner Prompts(string key = "in.prompts") => new(Figures[key], Template);

    /// <summary>The context of one step on the whole batch.</summary>
    public ObjectiveContext Context(WeakTrGenerator generator, string stage, Tensor? promptFeatures = null, bool frozenImages = false) => new()
    {
        Labels = Figures["in.labels"],
        Images = Figures["in.images"],
        Generate = () => generator.Forward(Figures["in.images"], GeneratorForm.Stage),
        MaskEpsilon = Constant("mask_eps_" + stage),
        FrozenImages = frozenImages,
        EncodeImages = Clip.Model.EncodeImage,
        LabelFeatures = Clip.LabelFeatures,
        PromptFeatures = promptFeatures!,
    };

    /// <summary>The settings of a trajectory: every step sees the whole batch.</summary>
    public StageSettings Settings(string stage, ObjectiveSum objectives) => new()
    {
        Objectives = objectives,
        MaskEpsilon = Constant("mask_eps_" + stage),
        Training = new TrainingSettings
        {
            Epochs = Figures.Number("steps"),
            BatchSize = (int)Figures["in.images"].shape[0],
            LearningRate = new LearningRateConstant(Constant("lr_" + stage)),
            Augmentation = new Stored(Figures.Number("clip_input"), Figures["in.images"].data<float>().ToArray()),
            Optimizer = new AdamWSettings(
                Constant("weight_decay"), Figures.File.Metadata["no_decay"] == "nothing", Constant("adam_beta1"), Constant("adam_beta2"), Constant("adam_eps")),
        },
    };

    public ILabelledImages Images() => new Numbered(Figures["in.labels"]);

    /// <summary>Fails unless a parameter ended where the reference did, measured by how far that went.</summary>
    public void AssertEnd(string key, Tensor start, Tensor actual)
    {
        using var scope = NewDisposeScope();
        var reference = Figures[key];
        var (error, limit) = ((actual.detach() - reference).norm().item<float>(), 5e-4 * (reference - start).norm().item<float>() + 1e-7);
        Xunit.Assert.True(error <= limit, $"{Path.GetFileName(Figures.File.FilePath)}, {key}: error {error:g3}, allowed {limit:g3}");
    }

    public void Dispose()
    {
        Clip.Model.Dispose();
        Clip.Dispose();
        Figures.Dispose();
    }

    private Tensor Tokens() => Figures.File.Read("in.label_tokens");

    private int[] Numbers(string key) => [.. Figures.File.Metadata[key].Trim('[', ']').Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>Pictures of one pixel that holds their number.</summary>
    private sealed class Numbered(Tensor labels) : ILabelledImages
    {
        private readonly float[] _labels = labels.data<float>().ToArray();

        public int Count { get; } = (int)labels.shape[0];

        public int ClassCount { get; } = (int)labels.shape[1];

        public IReadOnlyList<string> ClassNames => [.. Enumerable.Range(0, ClassCount).Select(k => $"class {k}")];

        public bool HasTruth => false;

        public string Id(int index) => $"golden-{index}";

        public RgbImage Image(int index) => new(1, 1, [(byte)index, 0, 0]);

        public IReadOnlyList<int> Labels(int index) => [.. Enumerable.Range(0, ClassCount).Where(k => _labels[index * ClassCount + k] > 0)];

        public LabelMap Truth(int index) => throw new InvalidOperationException();
    }

    /// <summary>Turns a numbered picture into the values that are stored for it.</summary>
    private sealed record Stored(int Size, float[] Values) : Augmentation(Size, ChannelStatistics.ImageNet)
    {
        public override void Apply(RgbImage image, RandomStream random, Span<float> destination) =>
            Values.AsSpan(image.Pixels[0] * Length, Length).CopyTo(destination);
    }
}
