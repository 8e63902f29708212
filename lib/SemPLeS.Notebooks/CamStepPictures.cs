using SemPLeS.Data;
using SemPLeS.PseudoMasks;

namespace SemPLeS.Notebooks;

/// <summary>How a mask generator comes to its CAMs, in pictures.</summary>
public static class CamStepPictures
{
    /// <summary>A row for each chosen picture: picture, truth, and the maps of its first class in the order in which they are made.</summary>
    /// <param name="images">Pictures with masks.</param>
    /// <param name="chosen">Which of them; each has a class.</param>
    /// <param name="steps">The generator's maps.</param>
    public static PictureSection Draw(ILabelledImages images, IReadOnlyList<int> chosen, CamSteps steps)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(steps);
        return new PictureSection("Anatomy of a CAM", ["picture", "truth", .. CamSteps.Names], [.. chosen.Select(Row)])
        {
            Text = "Maps of the picture's first class, each from its least value (0) to its greatest (1).",
            Legend = LegendEntry.OfClasses(images.ClassNames, chosen.SelectMany(images.Labels)),
            HasHeatScale = true,
        };

        PictureRow Row(int index)
        {
            var (image, labels, names) = (images.Image(index), images.Labels(index), SeedPictures.Names(images, index));
            var first = images.ClassNames[labels[0]];
            return new PictureRow($"{images.Id(index)}: {names}; maps of {first}",
            [
                new Picture(image, $"Picture of {names}"),
                new Picture(Overlay.Labels(image, images.Truth(index)), $"True labels of {names}"),
                .. steps.Extract(image, labels).Zip(CamSteps.Names, (cams, name) => new Picture(Overlay.Heat(image, cams.Map(0)), $"{name} of {first}")),
            ]);
        }
    }

    /// <summary>A row for each chosen picture: what the patch with most of an object attends to, and what one with least of it attends to; a box marks the patch.</summary>
    /// <param name="images">Pictures with masks.</param>
    /// <param name="chosen">Which of them.</param>
    /// <param name="steps">The generator's attention.</param>
    /// <param name="patch">Side of a patch, in pixels.</param>
    public static PictureSection Attention(ILabelledImages images, IReadOnlyList<int> chosen, CamSteps steps, int patch)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentOutOfRangeException.ThrowIfLessThan(patch, 1);
        return new PictureSection("What a patch attends to", ["picture", "a patch of the object", "a patch of the background"], [.. chosen.Select(Row)])
        {
            Text = "Attention of the patch in the box to all patches, from the least (0) to the greatest (1).",
            HasHeatScale = true,
        };

        PictureRow Row(int index)
        {
            var (image, truth, names) = (images.Image(index), images.Truth(index), SeedPictures.Names(images, index));
            var boxes = Enumerable.Range(0, image.Height / patch * (image.Width / patch))
                .Select(i => new PixelBox(i % (image.Width / patch) * patch, i / (image.Width / patch) * patch, patch, patch))
                .OrderBy(box => box.Pixels(truth.Width).Count(i => truth.Labels[i] != 0))
                .ToArray();
            return new PictureRow($"{images.Id(index)}: {names}",
            [
                new Picture(image, $"Picture of {names}"),
                Map(boxes[^1], "object"),
                Map(boxes[0], "background"),
            ]);

            Picture Map(PixelBox box, string of) => new(
                Overlay.Box(Overlay.Heat(image, steps.PatchAttention(image, box.Left, box.Top)), box), $"Attention of a patch of the {of}, picture of {names}");
        }
    }
}
