using SemPLeS.Data;
using SemPLeS.PseudoMasks;
using static TorchSharp.torch;

namespace SemPLeS.Notebooks;

/// <summary>Pictures beside their truth, the CAMs of one or several generators, the last one's seeds and where a learned prompt is seen.</summary>
public static class SeedPictures
{
    private const int Count = 12;

    /// <summary>Indices at equal distances in a set of pictures.</summary>
    /// <param name="images">The set.</param>
    /// <param name="count">How many, at most as many as there are.</param>
    public static IReadOnlyList<int> Spread(ILabelledImages images, int count = Count)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        count = Math.Min(count, images.Count);
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * images.Count / count))];
    }

    /// <summary>Pictures side by side over their masks.</summary>
    /// <param name="images">Pictures with masks.</param>
    /// <param name="chosen">Which of them.</param>
    public static PictureSection WithTruth(ILabelledImages images, IReadOnlyList<int> chosen)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(chosen);
        return new PictureSection("Pictures and masks", [.. chosen.Select(index => Names(images, index))],
        [
            new PictureRow("What the method is given: the picture and the names above it.", [.. chosen.Select(index => new Picture(images.Image(index), $"Picture of {Names(images, index)}"))]),
            new PictureRow("What it is never shown: the mask.", [.. chosen.Select(index => new Picture(Overlay.Labels(images.Image(index), images.Truth(index)), $"Mask of {Names(images, index)}"))]),
        ])
        {
            Legend = LegendEntry.OfClasses(images.ClassNames, chosen.SelectMany(images.Labels)),
        };
    }

    /// <summary>A row for each chosen picture; the CAMs are those of its first class.</summary>
    /// <param name="images">Pictures with masks.</param>
    /// <param name="chosen">Which of them; each has a class.</param>
    /// <param name="generators">At least one.</param>
    /// <param name="cams">How CAMs are made.</param>
    /// <param name="threshold">The background threshold of the last generator's seeds, in 0..1.</param>
    /// <param name="device">Where the generators are.</param>
    /// <param name="prompts">The learned prompts; null leaves their column out.</param>
    /// <exception cref="ArgumentException">There is no generator, or a picture has no class.</exception>
    public static PictureSection Draw(
        ILabelledImages images, IReadOnlyList<int> chosen, IReadOnlyList<NamedGenerator> generators, CamSettings cams, float threshold, Device device, PromptMaps? prompts = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(generators);
        if (generators.Count == 0)
            throw new ArgumentException("There is no generator whose CAMs could be drawn.", nameof(generators));
        RequireClasses(images, chosen);
        var extractors = generators.Select(generator => new CamExtractor(generator.Generator, cams, device)).ToArray();
        var last = generators[^1].Name;
        string[] columns = ["picture", "truth", .. generators.Select(generator => generator.Name), generators.Count > 1 ? $"seeds of {last}" : "seeds", .. prompts is null ? [] : new[] { "prompt" }];
        return new PictureSection("Seeds", columns, [.. chosen.Select(index => Row(extractors, prompts, images, index, threshold))])
        {
            Text = $"{chosen.Count} of {images.Count} pictures. CAMs are those of the picture's first class; seeds are the best class of each pixel where its CAM exceeds the threshold {threshold:0.00}."
                + (prompts is null ? string.Empty : " The last column shows where CLIP's patches are like the prompt that stage b learned for the background of that class: cosine, from the least in the picture (0) to the greatest (1)."),
            Legend = LegendEntry.OfClasses(images.ClassNames, chosen.SelectMany(images.Labels)),
            HasHeatScale = true,
        };
    }

    private static PictureRow Row(CamExtractor[] extractors, PromptMaps? prompts, ILabelledImages images, int index, float threshold)
    {
        var (image, labels) = (images.Image(index), images.Labels(index));
        var cams = extractors.Select(extractor => extractor.Extract(image, labels)).ToArray();
        var names = Names(images, index);
        var first = images.ClassNames[labels[0]];
        return new PictureRow($"{images.Id(index)}: {names}; CAM of {first}",
        [
            new Picture(image, $"Picture of {names}"),
            new Picture(Overlay.Labels(image, images.Truth(index)), $"True labels of {names}"),
            .. cams.Select(cam => new Picture(Overlay.Heat(image, cam.Map(0)), $"CAM of {first}")),
            new Picture(Overlay.Labels(image, cams[^1].ToSeedMap().At(threshold)), $"Seeds of {names}"),
            .. prompts is null ? [] : new[] { new Picture(Overlay.Heat(image, prompts.Draw(image, labels[0])), $"Similarity to the prompt of {first}") },
        ]);
    }

    /// <exception cref="ArgumentException">A picture has no class.</exception>
    internal static void RequireClasses(ILabelledImages images, IReadOnlyList<int> chosen)
    {
        if (chosen.Where(index => images.Labels(index).Count == 0).Select(images.Id).FirstOrDefault() is { } without)
            throw new ArgumentException($"Picture {without} has no class, and so no CAM.", nameof(chosen));
    }

    internal static string Names(ILabelledImages images, int index) => string.Join(", ", images.Labels(index).Select(label => images.ClassNames[label]));
}
