using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.Notebooks;
using SemPLeS.PseudoMasks;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Cli.Reports;

/// <summary>Pictures of an experiment beside their truth, a CAM and their seeds.</summary>
internal static class SeedPictures
{
    private const int Count = 12;

    /// <summary>Pictures at equal distances in the scored training set, under the last protocol that scored it; null when none did.</summary>
    public static PictureSection? Draw(Phase1Outcome outcome, Device device)
    {
        var place = outcome.Plan.Scores.Select((planned, i) => (planned, i)).LastOrDefault(item => item.planned.Split == "train", (null!, -1)).i;
        if (place < 0)
            return null;
        var (planned, measured) = (outcome.Plan.Scores[place], outcome.Scores[place]);
        var (images, threshold) = (planned.Images, measured.Evaluation.Seeds.Threshold);
        using var generator = WeakTrGenerator.Load(outcome.WeightsPath).to(device);
        var extractor = new CamExtractor(generator, planned.Protocol.Cams, device);
        int[] chosen = [.. Enumerable.Range(0, Math.Min(Count, images.Count)).Select(i => (int)((long)i * images.Count / Math.Min(Count, images.Count)))];
        return new PictureSection("Seeds", ["picture", "truth", "CAM", "seeds"], [.. chosen.Select(index => Row(extractor, images, index, threshold))])
        {
            Text = $"{chosen.Length} of the {images.Count} scored training pictures, at equal distances. The CAM is that of the picture's first class; seeds are the best class of each pixel where its CAM exceeds the threshold {threshold:0.00}.",
            Legend = LegendEntry.OfClasses(images.ClassNames, chosen.SelectMany(images.Labels)),
            HasHeatScale = true,
        };
    }

    private static PictureRow Row(CamExtractor extractor, ILabelledImages images, int index, float threshold)
    {
        var (image, labels) = (images.Image(index), images.Labels(index));
        var cams = extractor.Extract(image, labels);
        var names = string.Join(", ", labels.Select(label => images.ClassNames[label]));
        var first = images.ClassNames[labels[0]];
        return new PictureRow($"{images.Id(index)}: {names}; CAM of {first}",
        [
            new Picture(image, $"Picture of {names}"),
            new Picture(Overlay.Labels(image, images.Truth(index)), $"True labels of {names}"),
            new Picture(Overlay.Heat(image, cams.Map(0)), $"CAM of {first}"),
            new Picture(Overlay.Labels(image, cams.ToSeedMap().At(threshold)), $"Seeds of {names}"),
        ]);
    }
}
