using SemPLeS.Data;

namespace SemPLeS.Experiments;

/// <summary>Where the pictures and the weights of a preset lie, as the programs in data-scripts leave them.</summary>
/// <param name="Preset">The preset.</param>
/// <param name="Folder">The folder that holds all of it.</param>
public sealed record PaperData(PaperPreset Preset, string Folder)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "SEMPLES_DATA";

    /// <summary>The folder where nothing names another.</summary>
    public const string DefaultFolder = "data";

    private readonly Lazy<ILabelledImages> _training = new(() => PaperPhotographs.Of(Preset, Folder).Open(Preset.Splits.Training));
    private readonly Lazy<ILabelledImages> _scored = new(() => PaperPhotographs.Of(Preset, Folder).Open(Preset.Splits.Scored));
    private readonly Lazy<ILabelledImages> _validation = new(() => PaperPhotographs.Of(Preset, Folder).Open(Preset.Splits.Validation));

    /// <summary>What is learned from.</summary>
    /// <exception cref="FileNotFoundException">A list, a picture or a mask is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged; the message names it.</exception>
    public ILabelledImages Training => _training.Value;

    /// <summary>The training pictures whose seeds and masks are scored.</summary>
    /// <inheritdoc cref="Training" path="/exception"/>
    public ILabelledImages Scored => _scored.Value;

    /// <summary>What nothing learns from.</summary>
    /// <inheritdoc cref="Training" path="/exception"/>
    public ILabelledImages Validation => _validation.Value;

    /// <summary>A generator after phase 1, such as those that WeakTr's authors publish, in place of training phase 1; null: it is trained.</summary>
    public string? Phase1Path { get; init; }

    /// <summary>CLIP ViT-B/32 as OpenAI publishes it.</summary>
    public string ClipPath => Path.Combine(Folder, "weights", "ViT-B-32.pt");

    /// <summary>DeiT-S/16, 224 pixels, without distillation.</summary>
    public string TrunkPath => Path.Combine(Folder, "weights", "deit_small_patch16_224-cd65a155.pth");

    /// <summary>The pictures' folder.</summary>
    public string PictureFolder => Photographs.Folder;

    internal PaperPhotographs Photographs => PaperPhotographs.Of(Preset, Folder);

    /// <summary>The data of a preset.</summary>
    /// <param name="folder">Null: the environment's <see cref="Variable"/>, or <see cref="DefaultFolder"/>.</param>
    /// <param name="preset">The preset.</param>
    /// <param name="relativeTo">Where the default folder lies.</param>
    public static PaperData In(string? folder, PaperPreset preset, string relativeTo = ".") =>
        new(preset, FolderOf(folder, relativeTo));

    /// <summary>The folder of all data.</summary>
    /// <param name="folder">Null: the environment's <see cref="Variable"/>, or <see cref="DefaultFolder"/>.</param>
    /// <param name="relativeTo">Where the default folder lies.</param>
    public static string FolderOf(string? folder, string relativeTo = ".") =>
        Path.GetFullPath(folder ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Path.Combine(relativeTo, DefaultFolder)));

    /// <summary>What is not there of folder, lists and weights, each with the command that fetches it; contents are not read.</summary>
    public IReadOnlyList<MissingData> Missing()
    {
        var script = $"dotnet run data-scripts/{Preset.Name}.cs";
        var missing = new List<MissingData>();
        if (!Directory.Exists(PictureFolder))
            missing.Add(new(PictureFolder, script));
        else
            missing.AddRange(new[] { Preset.Splits.Training, Preset.Splits.Scored, Preset.Splits.Validation }.Distinct()
                .Where(split => !Photographs.Has(split)).Select(split => new MissingData(Path.Combine(PictureFolder, $"{split}.txt"), script)));
        if (!File.Exists(ClipPath))
            missing.Add(new(ClipPath, "dotnet run data-scripts/clip.cs"));
        if (!File.Exists(TrunkPath))
            missing.Add(new(TrunkPath, "dotnet run data-scripts/deit.cs"));
        if (Phase1Path is { } phase1 && !File.Exists(phase1))
            missing.Add(new(phase1, "dotnet run data-scripts/weaktr.cs"));
        return missing;
    }
}
