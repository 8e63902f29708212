using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>The CAMs of several methods side by side, as in the paper's Figure 3.</summary>
public static class MethodPictures
{
    /// <summary>A row for each chosen picture: picture, truth, and each method's CAM of the picture's first class.</summary>
    /// <param name="images">Pictures with masks.</param>
    /// <param name="chosen">Which of them; each has a class.</param>
    /// <param name="methods">At least one.</param>
    /// <param name="prompts">What stands behind the truth: where CLIP sees a learned prompt; null leaves it out.</param>
    /// <exception cref="ArgumentException">There is no method, or a picture has no class.</exception>
    public static PictureSection Draw(ILabelledImages images, IReadOnlyList<int> chosen, IReadOnlyList<NamedCams> methods, PromptMaps? prompts = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(methods);
        if (methods.Count == 0)
            throw new ArgumentException("There is no method whose CAMs could be drawn.", nameof(methods));
        SeedPictures.RequireClasses(images, chosen);
        return new PictureSection("CAMs of several methods", ["picture", "truth", .. prompts is null ? [] : new[] { "learned prompt" }, .. methods.Select(method => method.Name)], [.. chosen.Select(Row)])
        {
            Text = "CAMs of the picture's first class, each between its own minimum (0) and maximum (1).",
            Legend = LegendEntry.OfClasses(images.ClassNames, chosen.SelectMany(images.Labels)),
            HasHeatScale = true,
        };

        PictureRow Row(int index)
        {
            var (image, labels, names) = (images.Image(index), images.Labels(index), SeedPictures.Names(images, index));
            var first = images.ClassNames[labels[0]];
            return new PictureRow($"{images.Id(index)}: {names}; CAM of {first}",
            [
                new Picture(image, $"Picture of {names}"),
                new Picture(Overlay.Labels(image, images.Truth(index)), $"True labels of {names}"),
                .. prompts is null ? [] : new[] { new Picture(Overlay.Heat(image, prompts.Draw(image, labels[0])), $"Similarity to the prompt of {first}") },
                .. methods.Select(method => new Picture(Overlay.Heat(image, method.Cams.Extract(image, labels).Map(0)), $"CAM of {first}, {method.Name}")),
            ]);
        }
    }
}
