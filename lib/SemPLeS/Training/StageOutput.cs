namespace SemPLeS.Training;

/// <summary>Where the stages of a scheme write, and who watches them.</summary>
/// <param name="Folder">Where checkpoints and weights go; it exists.</param>
/// <param name="Watching">Who watches; the checkpoints' paths are made here.</param>
/// <param name="Fresh">Whether to forget an earlier stage in the same folder.</param>
/// <param name="Cancellation">Ends the stage; what was trained is saved.</param>
public sealed record StageOutput(string Folder, TrainingOptions Watching, bool Fresh = false, CancellationToken Cancellation = default)
{
    /// <summary>The weights file of a stage.</summary>
    internal string WeightsPath(string stage, int round) => PathOf(stage, round, string.Empty);

    /// <summary>The options of a stage's training.</summary>
    internal TrainingOptions Options(string stage, int round)
    {
        var checkpoint = PathOf(stage, round, ".checkpoint");
        if (Fresh)
            File.Delete(checkpoint);
        return Watching with { CheckpointPath = checkpoint };
    }

    private string PathOf(string stage, int round, string kind) => Path.Combine(Folder, $"{SchemeStage.FileNameOf(stage, round)}{kind}.safetensors");
}
