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

    /// <summary>CRF masks of a generator, and a Segmenter retrained on them.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="generator">The generator's run.</param>
    public abstract PlannedRun Segmentation(int world, int seed, PlannedRun generator);

    /// <summary>The Segmenter trained on the true masks.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    public abstract PlannedRun Supervised(int world, int seed);
}
