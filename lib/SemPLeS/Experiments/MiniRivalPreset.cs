using SemPLeS.Clip;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Objectives;
using SemPLeS.Training;
using SemPLeS.TrainingFree;

namespace SemPLeS.Experiments;

/// <summary>What other methods need on a miniature world, where their published constants have no meaning; the rest of them is published.</summary>
public static class MiniRivalPreset
{
    private static readonly IReadOnlyList<double> Thresholds = [.396, .414, .378, .370, .367];

    /// <summary>
    /// CLIMS' loss on a world: the weights are the published ones, the threshold is the third quartile of the cosines between the stages' pictures, unmasked, and the
    /// texts of the six backgrounds (<see cref="CoOccurrenceThreshold.Measure"/>): published ones are of another CLIP. Chosen without any mask.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such world.</exception>
    public static ClimsSettings Clims(int world) => world >= 0 && world < Thresholds.Count
        ? new() { Threshold = Thresholds[world] }
        : throw new ArgumentOutOfRangeException(nameof(world), world, $"CLIMS' threshold was measured on worlds 0 to {Thresholds.Count - 1}.");

    /// <summary>CLIP-ES on a world: the texts are the only ones that its CLIP knows, without synonyms; two thirds of its 4 blocks make the affinity; the rest is published.</summary>
    /// <param name="world">The world.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    /// <exception cref="FileNotFoundException">There is no CLIP of this world.</exception>
    public static ClipEsPlan ClipEs(int world, MiniSize? size = null)
    {
        var path = MiniClipPreset.WeightsPath(world);
        return new ClipEsPlan
        {
            Clip = () => ClipModel.Load(path),
            Tokenizer = MiniVocabulary.Tokenizer,
            Settings = Texts,
            Scores = MiniPreset.Scores(world, size),
        };
    }

    /// <summary>Texts and constants of <see cref="ClipEs"/>.</summary>
    internal static ClipEsSettings Texts { get; } = new()
    {
        ClassTexts = ManualPrompts.Texts(MiniWorldClasses.Objects),
        BackgroundTexts = ManualPrompts.Texts(ManualPrompts.Mini),
        AffinityBlocks = 3,
    };
}
