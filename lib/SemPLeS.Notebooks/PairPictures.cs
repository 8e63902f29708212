using SemPLeS.Data;
using SemPLeS.PseudoMasks;
using static TorchSharp.torch;

namespace SemPLeS.Notebooks;

/// <summary>What masks cut out of pictures, and what they leave (paper, Fig. 2).</summary>
public static class PairPictures
{
    private const float Shown = .5f;

    /// <summary>
    /// A row for each chosen picture: the picture, and for each generator X_f and X_b of the picture's first class. A red box on X_f surrounds the largest region that the
    /// mask shows, its value being above .5, and that is not the class.
    /// </summary>
    /// <param name="images">Pictures with masks.</param>
    /// <param name="chosen">Which of them; each has a class.</param>
    /// <param name="generators">At least one.</param>
    /// <param name="cams">How masks are made.</param>
    /// <param name="statistics">How the CLIP's pictures are normalised: what a mask hides has their mean colour.</param>
    /// <param name="device">Where the generators are.</param>
    public static PictureSection Draw(
        ILabelledImages images, IReadOnlyList<int> chosen, IReadOnlyList<NamedGenerator> generators, CamSettings cams, ChannelStatistics statistics, Device device)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(generators);
        var extractors = generators.Select(generator => new CamExtractor(generator.Generator, cams, device)).ToArray();
        return new PictureSection(
            "What the masks cut out, and what they leave",
            ["picture", .. generators.SelectMany(generator => new[] { $"cut out, {generator.Name}", $"the rest, {generator.Name}" })],
            [.. chosen.Select(Row)])
        {
            Text = "Masks of the picture's first class. Red box: the largest region that is cut out and is not the class.",
        };

        PictureRow Row(int index)
        {
            var (image, truth, label) = (images.Image(index), images.Truth(index), images.Labels(index)[0]);
            var name = images.ClassNames[label];
            return new PictureRow($"{images.Id(index)}: {SeedPictures.Names(images, index)}; masks of {name}",
            [
                new Picture(image, $"Picture of {name}"),
                .. extractors.Zip(generators).SelectMany(pair =>
                {
                    var mask = pair.First.Extract(image, [label]).Map(0).ToArray();
                    var foreground = MaskedPicture.Of(image, mask, statistics);
                    if (PixelBox.AroundLargest([.. mask.Select((value, i) => value > Shown && truth.Labels[i] != label + 1)], image.Width) is { } box)
                        foreground = Overlay.Box(foreground, box);
                    float[] rest = [.. mask.Select(value => 1 - value)];
                    return new[]
                    {
                        new Picture(foreground, $"Cut out as {name} by {pair.Second.Name}"),
                        new Picture(MaskedPicture.Of(image, rest, statistics), $"Left by {pair.Second.Name}"),
                    };
                }),
            ]);
        }
    }
}
