using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>
/// Runs the stages of a scheme, each from the files of those before it. A run in a folder where an earlier one stopped goes on there.
/// </summary>
/// <param name="settings">The scheme and its stages.</param>
/// <param name="phase1Path">The generator of phase 1.</param>
/// <param name="clip">CLIP with its label texts, on <paramref name="device"/>.</param>
/// <param name="template">The tokens around the prompts.</param>
/// <param name="images">Pictures and their labels, each with a class at least.</param>
/// <param name="device">Where the networks are.</param>
public sealed class SchemeTraining(
    SchemeSettings settings, string phase1Path, StageClip clip, PromptTemplate template, ILabelledImages images, Device device)
{
    /// <summary>Trains.</summary>
    /// <param name="folder">Where checkpoints and weights go.</param>
    /// <param name="options">Who watches; the checkpoints' paths are made here.</param>
    /// <param name="fresh">Whether to forget an earlier run in the same folder.</param>
    /// <param name="cancellation">Ends the run; what was trained is saved.</param>
    /// <returns>Every stage, in the order of the run.</returns>
    /// <exception cref="ArgumentException">Generator, CLIP, prompts and images do not fit each other, or a picture has no class.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds a checkpoint of another configuration.</exception>
    public IReadOnlyList<SchemeStage> Run(
        string folder, TrainingOptions? options = null, bool fresh = false, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(folder);
        var run = new Folder(folder, options ?? new TrainingOptions(), fresh, cancellation);
        return settings.Scheme switch
        {
            AlternatingScheme alternating => [.. Alternate(alternating, run)],
            _ => [Joint(run)],
        };
    }

    private IEnumerable<SchemeStage> Alternate(AlternatingScheme scheme, Folder run)
    {
        var matching = Generator(StageMatching.Name, 1, phase1Path, run, generator => StageMatching.Prepare(generator, clip, images, settings.Matching, device));
        yield return matching;
        var seen = matching.GeneratorPath!;
        var refined = scheme.ContinueFromMatching ? seen : phase1Path;
        string? promptsPath = null;
        for (var round = 1; round <= scheme.Rounds; round++)
        {
            using (var prompts = promptsPath is null ? NewPrompts() : PromptLearner.Load(promptsPath, template).to(device))
            using (var generator = LoadGenerator(seen))
            {
                promptsPath = run.Weights(StagePrompting.Name, round);
                using var stage = StagePrompting.Prepare(prompts, generator, clip, images, InRound(settings.Prompting, round), device);
                var record = stage.Run(run.Options(StagePrompting.Name, round), run.Cancellation);
                prompts.Save(promptsPath, settings.Stored);
                yield return new SchemeStage(StagePrompting.Name, round, null, promptsPath, record);
            }

            using var learned = PromptLearner.Load(promptsPath, template).to(device);
            var refinement = InRound(settings.Refinement, round);
            var last = Generator(StageRefinement.Name, round, refined, run, generator => StageRefinement.Prepare(generator, clip, learned, images, refinement, device));
            yield return last;
            seen = refined = last.GeneratorPath!;
        }
    }

    private SchemeStage Joint(Folder run)
    {
        using var prompts = NewPrompts();
        var joint = Generator(
            StageJoint.Name, 1, phase1Path, run, generator => StageJoint.Prepare(generator, prompts, clip, images, settings.Refinement, settings.Prompting, device));
        var path = run.Weights(StageJoint.Name + "-prompts", 1);
        prompts.Save(path, settings.Stored);
        return joint with { PromptsPath = path };
    }

    /// <summary>Runs a stage that trains a generator.</summary>
    private SchemeStage Generator(string name, int round, string startPath, Folder run, Func<WeakTrGenerator, Stage> prepare)
    {
        using var generator = LoadGenerator(startPath);
        using var stage = prepare(generator);
        var record = stage.Run(run.Options(name, round), run.Cancellation);
        var path = run.Weights(name, round);
        generator.Save(path, dtype: settings.Stored);
        return new SchemeStage(name, round, path, null, record);
    }

    private WeakTrGenerator LoadGenerator(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return WeakTrGenerator.Load(file, GeneratorSettings.Read(file) with { StochasticDepth = settings.StochasticDepth }).to(device);
    }

    private PromptLearner NewPrompts() => PromptLearner.Start(
        clip.Model.Settings, images.ClassCount, settings.PromptLength, template, new RandomStream(settings.Prompting.Training.Seed)).to(device);

    private static StageSettings InRound(StageSettings stage, int round) =>
        stage with { Training = stage.Training with { Seed = stage.Training.Seed + SchemeSettings.SeedsBetweenRounds * (round - 1) } };

    /// <summary>Where a run writes, and who watches it.</summary>
    private sealed record Folder(string Root, TrainingOptions Watching, bool Fresh, CancellationToken Cancellation)
    {
        public string Weights(string stage, int round) => Name(stage, round, string.Empty);

        public TrainingOptions Options(string stage, int round)
        {
            var checkpoint = Name(stage, round, ".checkpoint");
            if (Fresh)
                File.Delete(checkpoint);
            return new TrainingOptions
            {
                CheckpointPath = checkpoint,
                CheckpointEverySteps = Watching.CheckpointEverySteps,
                Progress = Watching.Progress,
                Time = Watching.Time,
            };
        }

        private string Name(string stage, int round, string kind) => Path.Combine(Root, $"{SchemeStage.FileNameOf(stage, round)}{kind}.safetensors");
    }
}
