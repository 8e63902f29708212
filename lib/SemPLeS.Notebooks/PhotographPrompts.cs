using SemPLeS.Clip;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Notebooks;

/// <summary>The paper's Figure 4 on photographs, from the prompts that a run of the console left in the store.</summary>
public static class PhotographPrompts
{
    private const int Shown = 8;

    /// <summary>CLIMS' background texts and the learned prompts on one photograph of each of the first classes; or what is missing for that.</summary>
    /// <param name="data">Pictures and weights.</param>
    /// <param name="store">The store.</param>
    /// <param name="device">Where CLIP is to be.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static INotebookOutput Show(PaperData data, ResultStore store, Device device)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(store);
        var name = data.Preset.Name;
        if (data.Missing().Count > 0)
            return NotMeasured($"pictures or weights are missing; `./semples doctor --preset {name}` says which, and what fetches them.");
        var run = AblationPreset.Of(data).Runs(0, 0, new StageVariation()).LastPrompts;
        var path = store.WeightsPath(run.Key, run.WeightsRoles.Single());
        if (!File.Exists(path))
            return NotMeasured($"no prompts have been learned on {name} yet. This learns them: ./semples table 4 --preset {name}");

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var clip = ClipModel.Load(data.ClipPath).to(device);
        clip.Freeze();
        using var prompts = PromptLearner.Load(path, PaperPreset.Template).to(device);
        var manual = clip.EncodeText(ClipTokenizer.Published, ManualPrompts.Texts(ManualPrompts.Voc));
        var chosen = Enumerable.Range(0, data.Scored.Count).Where(i => data.Scored.Labels(i).Count == 1)
            .DistinctBy(i => data.Scored.Labels(i)[0]).Take(Shown).ToArray();
        return ManualPromptPictures.Draw(data.Scored, chosen, new PromptMaps(clip, manual, device), ManualPrompts.Voc, new PromptMaps(clip, prompts.Encode(clip), device));

        TableSection NotMeasured(string why) => new($"Written and learned prompts, {name}", [new TableColumn("pictures")], [["not measured"]]) { Text = $"Not measured: {why}" };
    }
}
