using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.Notebooks;
using SemPLeS.PseudoMasks;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Cli.Reports;

/// <summary>Pictures of an experiment beside their truth, the CAMs of each generator, the last one's seeds and where the learned prompt is seen.</summary>
internal static class SeedPictures
{
    private const int Count = 12;

    /// <summary>Pictures at equal distances in the scored training set, under the last protocol that scored it; null when none did.</summary>
    /// <param name="outcome">The experiment.</param>
    /// <param name="stages">Its plan of the whole method; null for phase 1 alone.</param>
    /// <param name="device">Where CAMs are made.</param>
    public static PictureSection? Draw(SemPLeSOutcome outcome, SemPLeSPlan? stages, Device device)
    {
        var plan = outcome.Phase1.Plan;
        var place = plan.Scores.Select((planned, i) => (planned, i)).LastOrDefault(item => item.planned.Split == "train", (null!, -1)).i;
        if (place < 0)
            return null;
        var planned = plan.Scores[place];
        var (images, generators) = (planned.Images, outcome.Generators);
        var loaded = generators.Select(generator => WeakTrGenerator.Load(generator.WeightsPath).to(device)).ToArray();
        using var prompts = stages is null ? null : PromptMaps.Load(stages, outcome.Stages, device);
        try
        {
            var extractors = loaded.Select(generator => new CamExtractor(generator, planned.Protocol.Cams, device)).ToArray();
            var threshold = generators[^1].Scores[place].Evaluation.Seeds.Threshold;
            int[] chosen = [.. Enumerable.Range(0, Math.Min(Count, images.Count)).Select(i => (int)((long)i * images.Count / Math.Min(Count, images.Count)))];
            string[] cams = stages is null ? ["CAM"] : [.. generators.Select(generator => MethodTables.Title(generator.Row))];
            string[] last = prompts is null ? ["seeds"] : [$"seeds of {cams[^1].Split(' ')[^1]}", "prompt"];
            return new PictureSection("Seeds", ["picture", "truth", .. cams, .. last], [.. chosen.Select(index => Row(extractors, prompts, images, index, threshold))])
            {
                Text = $"{chosen.Length} of the {images.Count} scored training pictures, at equal distances. CAMs are those of the picture's first class; seeds are the best class of each pixel where its CAM exceeds the threshold {threshold:0.00}."
                    + (prompts is null ? string.Empty : " The last column shows where CLIP's patches are like the prompt that stage b learned for the background of that class: cosine, from the least in the picture (0) to the greatest (1)."),
                Legend = [.. Legend(images, chosen)],
                HasHeatScale = true,
            };
        }
        finally
        {
            foreach (var generator in loaded)
                generator.Dispose();
        }
    }

    private static PictureRow Row(CamExtractor[] extractors, PromptMaps? prompts, ILabelledImages images, int index, float threshold)
    {
        var (image, labels) = (images.Image(index), images.Labels(index));
        var cams = extractors.Select(extractor => extractor.Extract(image, labels)).ToArray();
        var names = string.Join(", ", labels.Select(label => images.ClassNames[label]));
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

    private static IEnumerable<LegendEntry> Legend(ILabelledImages images, int[] chosen) => chosen.SelectMany(images.Labels).Distinct().Order()
        .Select(label => new LegendEntry(images.ClassNames[label], ColorMaps.Label((byte)(label + 1))));
}
