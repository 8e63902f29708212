using SemPLeS.Clip;
using SemPLeS.Data.MiniWorld;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>
/// What makes the miniature world a model of the paper's problem: its CLIP knows objects, and is nearly as content with an object's background.
/// </summary>
public static class MiniClipChecks
{
    // As much as one world's numbers differ from the next one's.
    private const double Margin = .08;

    /// <summary>Measures a CLIP on scenes that it was not trained on: those with one object that stands before its own background.</summary>
    /// <param name="clip">A CLIP of the miniature vocabulary.</param>
    /// <param name="world">Its world.</param>
    /// <param name="scenes">Validation scenes to choose from.</param>
    /// <returns>
    /// Cosine with the label's text of the object alone, with its background, of its background alone and of nothing; share of objects alone that are
    /// nearest to the text of their label; cosine of the labels' texts with those of their own backgrounds and of the others. What is expected
    /// is the range of the reference's CLIPs of five worlds, widened by .08 on both sides.
    /// </returns>
    /// <exception cref="ArgumentException">The CLIP is of another vocabulary or image size.</exception>
    /// <exception cref="InvalidOperationException">No scene is of the kind.</exception>
    public static IReadOnlyList<MiniClipCheck> Measure(ClipModel clip, int world, int scenes = MiniPreset.ScoredScenes)
    {
        ArgumentNullException.ThrowIfNull(clip);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var chosen = MiniScenes.Draw(world, MiniWorldSet.Validation, scenes).Where(HasOneObjectBeforeItsOwn).ToArray();
        if (chosen.Length == 0)
            throw new InvalidOperationException($"None of {scenes} scenes of world {world} shows one object before its own background.");

        var labels = chosen.Select(Label).ToArray();
        var texts = clip.EncodeText(MiniVocabulary.Tokenizer, MiniWorldClasses.Captions).Normalised();
        var labelTexts = texts.index(tensor(labels));
        var images = Images(clip.Settings, chosen);
        var ofObject = clip.EncodeImage(images * Mask(chosen, (isObject, _) => isObject)).Normalised();
        var right = ofObject.matmul(texts.narrow(0, 0, MiniWorldClasses.Count).t()).argmax(1).data<long>().ToArray().Zip(labels).Count(pair => pair.First == pair.Second);
        var between = texts.narrow(0, 0, MiniWorldClasses.Count).matmul(texts.narrow(0, MiniWorldClasses.Count, MiniWorldClasses.Count).t());
        var own = Enumerable.Range(0, MiniWorldClasses.Count).Select(i => (double)between[i, i].item<float>()).ToArray();
        return
        [
            Check("cosine, object alone", Mean(ofObject), .56, .63),
            Check("objects alone recognised", (double)right / chosen.Length, .82, .89),
            Check("cosine, object and its background", Similarity((isObject, isOwn) => isObject || isOwn), .57, .64),
            Check("cosine, its background alone", Similarity((isObject, isOwn) => isOwn && !isObject), .36, .49),
            Check("cosine, nothing", Similarity((_, _) => false), .33, .48),
            Check("cosine of texts, label and its background, least", own.Min(), .57, .64),
            Check("cosine of texts, label and its background, most", own.Max(), .74, .87),
            Check("cosine of texts, label and another background", (between.sum().item<float>() - own.Sum()) / (between.NumberOfElements - own.Length), .39, .43),
        ];

        double Mean(Tensor features) => (features * labelTexts).sum(1).mean().item<float>();
        double Similarity(Func<bool, bool, bool> shown) => Mean(clip.EncodeImage(images * Mask(chosen, shown)).Normalised());
    }

    private static MiniClipCheck Check(string name, double value, double referenceLow, double referenceHigh) =>
        new(name, value, referenceLow - Margin, referenceHigh + Margin);

    private static bool HasOneObjectBeforeItsOwn(MiniScene scene) => scene.Tags.Count(tag => tag) == 1 && scene.Background.Contains((byte)(Label(scene) + 1));

    private static long Label(MiniScene scene) => Array.IndexOf(scene.Tags, true);

    private static Tensor Images(ClipSettings clip, MiniScene[] scenes)
    {
        var length = 3 * MiniWorldClasses.Side * MiniWorldClasses.Side;
        var pixels = new float[scenes.Length * length];
        for (var i = 0; i < scenes.Length; i++)
            clip.Statistics.Normalise(scenes[i].Image, pixels.AsSpan(i * length, length));
        return tensor(pixels, [scenes.Length, 3, MiniWorldClasses.Side, MiniWorldClasses.Side]);
    }

    /// <summary>(n, 1, H, W): 1 for the pixels that are shown; each is asked by whether it is an object's and whether the object's own background is there.</summary>
    private static Tensor Mask(MiniScene[] scenes, Func<bool, bool, bool> shown)
    {
        var values = scenes.SelectMany(scene => scene.Truth.Labels.Zip(scene.Background, (label, background) =>
            shown(label > 0, background == Label(scene) + 1) ? 1f : 0f)).ToArray();
        return tensor(values, [scenes.Length, 1, MiniWorldClasses.Side, MiniWorldClasses.Side]);
    }
}
