namespace SemPLeS.Experiments;

/// <summary>How much of a miniature world is drawn and trained on: what it takes to learn something, or what it takes to see that everything runs.</summary>
/// <param name="Name">The preset's name in records.</param>
/// <param name="TrainingScenes">Scenes that phase 1 sees.</param>
/// <param name="StageScenes">Scenes, the first of those, that the stages see.</param>
/// <param name="ScoredScenes">Scenes, the first of a set, that are scored.</param>
/// <param name="Phase1Epochs">Passes of phase 1 over its scenes.</param>
/// <param name="GeneratorEpochs">Passes of stages a and c over theirs.</param>
/// <param name="PromptEpochs">Passes of stage b.</param>
/// <param name="RetrainingEpochs">Passes of online retraining over the stages' scenes.</param>
public sealed record MiniSize(string Name, int TrainingScenes, int StageScenes, int ScoredScenes, int Phase1Epochs, int GeneratorEpochs, int PromptEpochs, int RetrainingEpochs)
{
    /// <summary>The miniature world of every measured figure.</summary>
    public static MiniSize Full { get; } = new(MiniPreset.Name, 2000, 1000, MiniPreset.ScoredScenes, 5, 4, 30, 10);

    /// <summary>A few seconds, in which nothing is learned.</summary>
    public static MiniSize Smoke { get; } = new("mini-smoke", 200, 200, 40, 1, 1, 1, 1);

    /// <summary>What the loss laboratory trains: the whole phase 1, and stages short enough that a term is judged over three seeds in a minute.</summary>
    public static MiniSize Laboratory { get; } = Full with { Name = "mini-laboratory", StageScenes = 384, ScoredScenes = 200, GeneratorEpochs = 4, PromptEpochs = 30 };

    /// <summary>What a notebook trains while it is read: for photographs the drawings, since their trainings take hours and are the console's.</summary>
    /// <param name="preset">mini, mini-smoke, or a preset of photographs; null or empty is mini.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static MiniSize Live(string? preset) => PaperPreset.Names.Contains(preset) ? Full : Named(preset);

    /// <summary>Whether a preset is of a miniature world.</summary>
    public static bool IsName(string? preset) => preset == Full.Name || preset == Smoke.Name;

    /// <summary>The size of this name.</summary>
    /// <param name="name">mini or mini-smoke; null or empty is mini.</param>
    /// <exception cref="ArgumentException">There is no such size.</exception>
    public static MiniSize Named(string? name) => string.IsNullOrEmpty(name) ? Full : new[] { Full, Smoke }.FirstOrDefault(size => size.Name == name)
        ?? throw new ArgumentException($"There is no preset '{name}' here: mini or mini-smoke.", nameof(name));
}
