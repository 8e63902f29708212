using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>The stages of a scheme one by one, each from weights files to a weights file.</summary>
/// <param name="settings">The scheme's stages; in what order they are run is the caller's.</param>
/// <param name="clip">CLIP with its label texts, on <paramref name="device"/>.</param>
/// <param name="template">The tokens around the prompts.</param>
/// <param name="images">Pictures and their labels, each with a class at least.</param>
/// <param name="device">Where the networks are.</param>
public sealed class SchemeStages(SchemeSettings settings, StageClip clip, PromptTemplate template, ILabelledImages images, Device device)
{
    /// <summary>Stage a.</summary>
    /// <param name="startPath">The generator of phase 1.</param>
    /// <param name="output">Where the stage writes; an earlier, unfinished or finished, stage there is gone on with.</param>
    /// <inheritdoc cref="SchemeTraining.Run" path="/exception"/>
    public SchemeStage Matching(string startPath, StageOutput output) =>
        Generator(StageMatching.Name, 1, startPath, output, generator => StageMatching.Prepare(generator, clip, images, settings.Matching, device));

    /// <summary>Stage b.</summary>
    /// <param name="generatorPath">The fixed generator.</param>
    /// <param name="promptsPath">The prompts of the round before; null for new ones.</param>
    /// <param name="round">Counted from 1.</param>
    /// <param name="output">Where the stage writes.</param>
    /// <inheritdoc cref="SchemeTraining.Run" path="/exception"/>
    public SchemeStage Prompting(string generatorPath, string? promptsPath, int round, StageOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var prompts = promptsPath is null ? NewPrompts() : PromptLearner.Load(promptsPath, template).to(device);
        using var generator = LoadFrozen(generatorPath);
        using var stage = StagePrompting.Prepare(prompts, generator, clip, images, InRound(settings.Prompting, round), device);
        var record = stage.Run(output.Options(StagePrompting.Name, round), output.Cancellation);
        var path = output.WeightsPath(StagePrompting.Name, round);
        prompts.Save(path, settings.Stored);
        return new SchemeStage(StagePrompting.Name, round, null, path, record);
    }

    /// <summary>Stage c.</summary>
    /// <param name="startPath">The generator that it starts from: phase 1's, or that of the round before.</param>
    /// <param name="promptsPath">The prompts.</param>
    /// <param name="round">Counted from 1.</param>
    /// <param name="output">Where the stage writes.</param>
    /// <inheritdoc cref="SchemeTraining.Run" path="/exception"/>
    public SchemeStage Refinement(string startPath, string promptsPath, int round, StageOutput output)
    {
        using var learned = PromptLearner.Load(promptsPath, template).to(device);
        var stage = InRound(settings.Refinement, round);
        return Generator(StageRefinement.Name, round, startPath, output, generator => StageRefinement.Prepare(generator, clip, learned, images, stage, device));
    }

    /// <summary>The joint scheme's one run.</summary>
    /// <param name="startPath">The generator of phase 1.</param>
    /// <param name="output">Where it writes.</param>
    /// <inheritdoc cref="SchemeTraining.Run" path="/exception"/>
    public SchemeStage Joint(string startPath, StageOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var prompts = NewPrompts();
        var joint = Generator(
            StageJoint.Name, 1, startPath, output, generator => StageJoint.Prepare(generator, prompts, clip, images, settings.Refinement, settings.Prompting, device));
        var path = output.WeightsPath(StageJoint.Name + "-prompts", 1);
        prompts.Save(path, settings.Stored);
        return joint with { PromptsPath = path };
    }

    /// <summary>The cosines of a stage's prompts: the numbers beside the rows of the paper's Table 4.</summary>
    /// <param name="promptsPath">The prompts.</param>
    /// <param name="generatorPath">The generator that finds the backgrounds.</param>
    public PromptCosines Cosines(string promptsPath, string generatorPath)
    {
        using var prompts = PromptLearner.Load(promptsPath, template).to(device);
        using var generator = LoadFrozen(generatorPath);
        return PromptCosines.Measure(prompts, generator, clip, images, settings.Prompting, device);
    }

    /// <summary>Runs a stage that trains a generator.</summary>
    private SchemeStage Generator(string name, int round, string startPath, StageOutput output, Func<WeakTrGenerator, Stage> prepare)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var generator = LoadFrozen(startPath);
        using var stage = prepare(generator);
        var record = stage.Run(output.Options(name, round), output.Cancellation);
        var path = output.WeightsPath(name, round);
        Whole(generator, startPath, path);
        return new SchemeStage(name, round, path, null, record);
    }

    /// <summary>Writes what was learned with the trunk that it was learned on, in the precision of the file that the stage started from.</summary>
    private void Whole(WeakTrGenerator trained, string startPath, string path)
    {
        if (settings.Frozen == ScalarType.Float32)
        {
            trained.Save(path, dtype: settings.Stored);
            return;
        }

        using var whole = LoadGenerator(startPath);
        using (no_grad())
        {
            foreach (var (parameter, learned) in whole.LearnedParameters(GeneratorForm.Stage).Zip(trained.LearnedParameters(GeneratorForm.Stage)))
                parameter.Parameter.copy_(learned.Parameter);
        }

        whole.Save(path, dtype: settings.Stored);
    }

    private WeakTrGenerator LoadGenerator(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return WeakTrGenerator.Load(file, GeneratorSettings.Read(file) with { StochasticDepth = settings.StochasticDepth }).to(device);
    }

    /// <summary>The same with its trunk in the precision in which the stages see it.</summary>
    private WeakTrGenerator LoadFrozen(string path)
    {
        var generator = LoadGenerator(path);
        generator.CastTrunk(settings.Frozen);
        return generator;
    }

    private PromptLearner NewPrompts() => PromptLearner.Start(
        clip.Model.Settings, images.ClassCount, settings.PromptLength, template, new RandomStream(settings.Prompting.Training.Seed)).to(device);

    private static StageSettings InRound(StageSettings stage, int round) =>
        stage with { Training = stage.Training with { Seed = stage.Training.Seed + SchemeSettings.SeedsBetweenRounds * (round - 1) } };
}
