using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>What labellings get wrong, in pictures.</summary>
public static class MistakePictures
{
    /// <summary>A row for each chosen picture: picture, truth, and the mistakes of each labelling.</summary>
    /// <param name="heading">The heading.</param>
    /// <param name="images">Pictures with masks.</param>
    /// <param name="chosen">Which of them.</param>
    /// <param name="labellings">A column each.</param>
    public static PictureSection Draw(string heading, ILabelledImages images, IReadOnlyList<int> chosen, IReadOnlyList<NamedLabels> labellings)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(labellings);
        return new PictureSection(heading, ["picture", "truth", .. labellings.Select(labelling => labelling.Name)], [.. chosen.Select(Row)])
        {
            Legend =
            [
                .. LegendEntry.OfClasses(images.ClassNames, chosen.SelectMany(images.Labels)),
                new LegendEntry("labelled as an object that is not there", Overlay.FalseObject),
                new LegendEntry("object that is missed", Overlay.Missed),
            ],
        };

        PictureRow Row(int index)
        {
            var (image, truth, names) = (images.Image(index), images.Truth(index), SeedPictures.Names(images, index));
            return new PictureRow($"{images.Id(index)}: {names}",
            [
                new Picture(image, $"Picture of {names}"),
                new Picture(Overlay.Labels(image, truth), $"True labels of {names}"),
                .. labellings.Select(labelling => new Picture(Overlay.Mistakes(image, labelling.Of(index), truth), $"Mistakes of {labelling.Name}, picture of {names}")),
            ]);
        }
    }
}
