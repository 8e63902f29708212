using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>Steps of all stages on one batch of random pixels, with a generator of any size, CLIP ViT-B/32 and random weights.</summary>
internal sealed class FullSizeStep : IDisposable
{
    private const double LearningRate = 1e-6;

    private readonly WeakTrGenerator _generator;
    private readonly ClipModel _clip = ClipStart.Random(Clip, new RandomStream(7));
    private readonly PromptLearner _prompts;
    private readonly Tensor _images;
    private readonly Tensor _labels;
    private readonly Tensor _labelFeatures;
    private readonly Tensor _promptFeatures;
    private readonly optim.Optimizer _all;
    private readonly optim.Optimizer _head;
    private readonly optim.Optimizer _learned;

    public FullSizeStep(GeneratorSettings network, int batch, int pairs)
    {
        _generator = GeneratorStart.Random(network with { StochasticDepth = 0 }, new RandomStream(0));
        _clip.Freeze();
        _prompts = PromptLearner.Start(Clip, network.Classes, PaperPreset.Voc12.Stages.PromptLength, PaperPreset.Template, new RandomStream(0));
        var (side, classes) = (network.ImageSize, network.Classes);
        using var noGradient = no_grad();
        var pixels = new float[batch * 3 * side * side];
        new RandomStream(1).FillNormal(pixels);
        _images = tensor(pixels, [batch, 3, side, side]);
        var labels = new float[batch * classes];
        for (var pair = 0; pair < pairs; pair++)
            labels[(pair % batch * classes) + (pair / batch) + (pair % batch)] = 1;
        _labels = tensor(labels, [batch, classes]);
        var texts = ManualPrompts.Texts(PaperTexts.Coco);
        _labelFeatures = _clip.EncodeText(ClipTokenizer.Published, [.. Enumerable.Range(0, classes).Select(i => texts[i % texts.Count])]);
        _promptFeatures = _prompts.Encode(_clip);
        _all = New(_generator.LearnedParameters(GeneratorForm.Phase1).Select(item => item.Parameter));
        _head = New(_generator.LearnedParameters(GeneratorForm.Stage).Select(item => item.Parameter));
        _learned = New(_prompts.parameters());

        static optim.Optimizer New(IEnumerable<Parameter> learned) => optim.AdamW([new AdamW.ParamGroup(learned.ToArray(), LearningRate, .9, .999, 1e-8, .03)], LearningRate);
    }

    /// <summary>ViT-B/32.</summary>
    public static ClipSettings Clip { get; } = new();

    public StepTimes Phase1()
    {
        using var scope = NewDisposeScope();
        _all.zero_grad();
        _generator.train();
        var clock = new Clock();
        var generated = _generator.Forward(_images, GeneratorForm.Phase1);
        var ofGenerator = clock.Lap();
        var loss = ObjectiveSum.Phase1.Compute(new ObjectiveContext { Labels = _labels, Generated = generated, Scope = scope });
        return Finish(clock, ofGenerator, clock.Lap(), 0, 0, loss.Total, _all);
    }

    public StepTimes Matching() => OfGenerator(ObjectiveSum.Matching(2.4));

    public StepTimes Refinement() => OfGenerator(ObjectiveSum.Refinement(2.4, .05));

    public StepTimes Prompting()
    {
        using var scope = NewDisposeScope();
        _learned.zero_grad();
        var clock = new Clock();
        var features = _prompts.Encode(_clip);
        var ofText = clock.Lap();
        GeneratorOutput generated;
        using (no_grad())
            generated = _generator.Forward(_images, GeneratorForm.Stage);
        var ofGenerator = clock.Lap();
        var (ofImage, loss) = Compute(ObjectiveSum.Prompting(.02), generated, features, frozen: true, scope);
        return Finish(clock, ofGenerator, clock.Lap() - ofImage, ofImage, ofText, loss, _learned);
    }

    public void Dispose()
    {
        foreach (var tensor in new[] { _images, _labels, _labelFeatures, _promptFeatures })
            tensor.Dispose();
        foreach (var optimizer in new[] { _all, _head, _learned })
            optimizer.Dispose();
        foreach (var module in new nn.Module[] { _generator, _clip, _prompts })
            module.Dispose();
    }

    private StepTimes OfGenerator(ObjectiveSum objectives)
    {
        using var scope = NewDisposeScope();
        _head.zero_grad();
        var clock = new Clock();
        var generated = _generator.Forward(_images, GeneratorForm.Stage);
        var ofGenerator = clock.Lap();
        var (ofImage, loss) = Compute(objectives, generated, _promptFeatures, frozen: false, scope);
        return Finish(clock, ofGenerator, clock.Lap() - ofImage, ofImage, 0, loss, _head);
    }

    private (double Image, Tensor Loss) Compute(ObjectiveSum objectives, GeneratorOutput generated, Tensor promptFeatures, bool frozen, DisposeScope scope)
    {
        var seconds = 0.0;
        var context = new ObjectiveContext
        {
            Labels = _labels,
            Images = _images,
            Scope = scope,
            Generated = generated,
            MaskEpsilon = .1,
            LabelFeatures = _labelFeatures,
            PromptFeatures = promptFeatures,
            FrozenImages = frozen,
            EncodeImages = images =>
            {
                var clock = new Clock();
                var features = _clip.EncodeImage(images);
                seconds += clock.Lap();
                return features;
            },
        };
        var loss = objectives.Compute(context).Total;
        return (seconds, loss);
    }

    private static StepTimes Finish(Clock clock, double generator, double masks, double image, double text, Tensor loss, optim.Optimizer optimizer)
    {
        _ = clock.Lap();
        loss.backward();
        var backward = clock.Lap();
        optimizer.step();
        return new StepTimes(generator, masks, image, text, backward, clock.Lap());
    }
}
