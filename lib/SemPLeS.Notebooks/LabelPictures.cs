using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>Pictures beside one or several labellings of them and the truth.</summary>
public static class LabelPictures
{
    /// <summary>A row for each chosen picture.</summary>
    /// <param name="heading">The heading.</param>
    /// <param name="images">Pictures with masks.</param>
    /// <param name="chosen">Which of them.</param>
    /// <param name="labellings">A column each, between the picture and the truth.</param>
    public static PictureSection Draw(string heading, ILabelledImages images, IReadOnlyList<int> chosen, IReadOnlyList<NamedLabels> labellings)
    {
        ArgumentNullException.ThrowIfNull(heading);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(labellings);
        NamedLabels[] columns = [.. labellings, new NamedLabels("truth", images.Truth)];
        var drawn = chosen.Select(index => (Index: index, Labels: columns.Select(column => column.Of(index)).ToArray())).ToArray();
        return new PictureSection(heading, ["picture", .. columns.Select(column => column.Name)], [.. drawn.Select(row => Row(row.Index, row.Labels))])
        {
            Legend = LegendEntry.OfClasses(images.ClassNames, drawn.SelectMany(row => row.Labels).SelectMany(Objects)),
        };

        PictureRow Row(int index, LabelMap[] labels)
        {
            var (image, names) = (images.Image(index), SeedPictures.Names(images, index));
            return new PictureRow($"{images.Id(index)}: {names}",
            [
                new Picture(image, $"Picture of {names}"),
                .. columns.Zip(labels, (column, map) => new Picture(Overlay.Labels(image, map), $"{column.Name}, picture of {names}")),
            ]);
        }
    }

    private static IEnumerable<int> Objects(LabelMap labels) => labels.Labels.Distinct().Where(label => label is not (0 or LabelMap.Ignore)).Select(label => label - 1);
}
