using SemPLeS.Clip;
using SemPLeS.Data;
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
    private readonly SchemeStages _stages = new(settings, clip, template, images, device);

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
        var output = new StageOutput(folder, options ?? new TrainingOptions(), fresh, cancellation);
        return settings.Scheme switch
        {
            AlternatingScheme alternating => [.. Alternate(alternating, output)],
            _ => [_stages.Joint(phase1Path, output)],
        };
    }

    private IEnumerable<SchemeStage> Alternate(AlternatingScheme scheme, StageOutput output)
    {
        var matching = _stages.Matching(phase1Path, output);
        yield return matching;
        var seen = matching.GeneratorPath!;
        var refined = scheme.ContinueFromMatching ? seen : phase1Path;
        string? promptsPath = null;
        for (var round = 1; round <= scheme.Rounds; round++)
        {
            var prompting = _stages.Prompting(seen, promptsPath, round, output);
            yield return prompting;
            promptsPath = prompting.PromptsPath!;
            var last = _stages.Refinement(refined, promptsPath, round, output);
            yield return last;
            seen = refined = last.GeneratorPath!;
        }
    }
}
