using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>Written prompts beside a learned one, as in the paper's Figure 4.</summary>
public static class ManualPromptPictures
{
    /// <summary>A row for each chosen picture: the picture; the written prompt that CLIP finds most like it, and the one least like it; all written prompts together; the prompt that was learned for its first class.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="chosen">Which of them.</param>
    /// <param name="manual">Maps of the written prompts.</param>
    /// <param name="names">Their names, as many.</param>
    /// <param name="learned">Maps of the learned prompts, one for each class.</param>
    /// <exception cref="ArgumentException">The names are not as many as the written prompts.</exception>
    public static PictureSection Draw(ILabelledImages images, IReadOnlyList<int> chosen, PromptMaps manual, IReadOnlyList<string> names, PromptMaps learned)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(manual);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(learned);
        return new PictureSection("Written and learned prompts", ["picture", "most similar", "least similar", "all written", "learned"], [.. chosen.Select(Row)])
        {
            Text = "Cosine of the text with each patch, from the least in the picture (0) to the greatest (1). Which written prompt is most and least similar is told by its cosine with the whole picture.",
            HasHeatScale = true,
            HeatName = "cosine, scaled",
        };

        PictureRow Row(int index)
        {
            var (image, classes) = (images.Image(index), SeedPictures.Names(images, index));
            var whole = manual.Whole(image);
            if (whole.Length != names.Count)
                throw new ArgumentException($"{names.Count} names don't fit {whole.Length} written prompts.", nameof(names));
            var (most, least) = (Array.IndexOf(whole, whole.Max()), Array.IndexOf(whole, whole.Min()));
            var name = images.ClassNames[images.Labels(index)[0]];
            return new PictureRow($"{images.Id(index)}: {classes}; most similar: {names[most]} ({ChartNumbers.Text(whole[most], 2)}), least: {names[least]} ({ChartNumbers.Text(whole[least], 2)})",
            [
                new Picture(image, $"Picture of {classes}"),
                Map(manual.Draw(image, most), $"Similarity to {names[most]}"),
                Map(manual.Draw(image, least), $"Similarity to {names[least]}"),
                Map(manual.DrawAll(image), "Greatest similarity to any written prompt"),
                Map(learned.Draw(image, images.Labels(index)[0]), $"Similarity to the prompt learned for {name}"),
            ]);

            Picture Map(float[] map, string description) => new(Overlay.Heat(image, map), description);
        }
    }
}
