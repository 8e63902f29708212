using SemPLeS.Experiments.Store;

namespace SemPLeS.Experiments.Ablations;

/// <summary>What tables are made on.</summary>
public abstract class AblationPreset
{
    /// <summary>The preset's name in records.</summary>
    public abstract string Name { get; }

    /// <summary>lambda*, the preset's weight of L_refine, of which Table 5 takes multiples.</summary>
    public abstract double Lambda { get; }

    /// <summary>The number of worlds that can be run; a world is what a table's seeds run over.</summary>
    public abstract int Worlds { get; }

    /// <summary>What rows are paired by, in words: world, or training seed.</summary>
    public virtual string Unit => AblationResult.World;

    /// <summary>How many of them, and of training seeds on each, a table needs to be worth showing.</summary>
    public virtual (int Worlds, int Seeds) Usual => (Worlds, 2);

    /// <summary>Where seeds are scored, in words.</summary>
    public abstract string Split { get; }

    /// <summary>The tables that can be made on it, by the paper's numbers.</summary>
    public virtual IReadOnlyList<(int Number, AblationTable Table)> Tables => [.. AblationTables.Numbers.Select(number => (number, AblationTables.Of(number)))];

    /// <summary>Table 1 on photographs without CLIP: phase 1 of a ViT-Ti/16.</summary>
    /// <param name="folder">Photographs in PASCAL VOC's layout, train and val.</param>
    /// <param name="weightsPath">A ViT-Ti/16 trained on ImageNet.</param>
    /// <exception cref="IOException">A file or folder is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static AblationPreset Photographs(string folder, string weightsPath) => new PhotographAblationPreset(folder, weightsPath);

    /// <summary>The preset of this name.</summary>
    /// <param name="name">mini, mini-smoke, voc12 or coco14.</param>
    /// <param name="dataFolder">Where pictures and weights of voc12 or coco14 lie; null: the environment's <see cref="PaperData.Variable"/>, or <see cref="PaperData.DefaultFolder"/>.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    /// <exception cref="FileNotFoundException">Pictures or weights are not there.</exception>
    public static AblationPreset Named(string name, string? dataFolder = null) => PaperPreset.Names.Contains(name)
        ? Of(PaperData.In(dataFolder, PaperPreset.Named(name)))
        : new MiniAblationPreset(MiniSize.Named(name));

    /// <summary>Tables on photographs.</summary>
    /// <param name="data">The preset, which may be changed, and where its pictures and weights lie.</param>
    /// <exception cref="FileNotFoundException">Pictures or weights are not there.</exception>
    public static AblationPreset Of(PaperData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new PaperAblationPreset(data);
    }

    /// <summary>The trainings of the method.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="variation">What differs from the preset.</param>
    public abstract SchemeRuns Runs(int world, int seed, StageVariation variation);

    /// <summary>A mask generator after phase 1.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="method">How it is trained.</param>
    public virtual PlannedRun Phase1(int world, int seed, GeneratorMethod method) => Runs(world, seed, new StageVariation { Generator = method }).Phase1;

    /// <summary>CLIP-ES, which trains nothing.</summary>
    /// <param name="world">The world.</param>
    public abstract PlannedRun ClipEs(int world);

    /// <summary>CRF masks of a generator, or of CLIP-ES, and a Segmenter retrained on them.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="generator">The run whose CAMs the masks are made of.</param>
    public abstract PlannedRun Segmentation(int world, int seed, PlannedRun generator);

    /// <summary>The Segmenter trained on the true masks.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    public abstract PlannedRun Supervised(int world, int seed);
}
