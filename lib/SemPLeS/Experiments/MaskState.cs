using System.Text.Json;
using SemPLeS.Data;
using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>Of what a folder's masks were made, so that a run that goes on makes the others of the same.</summary>
/// <param name="Settings">How masks are made.</param>
/// <param name="Threshold">The background threshold that was chosen.</param>
internal sealed record MaskState(IReadOnlyDictionary<string, string> Settings, float Threshold)
{
    private const string Name = "settings.json";

    /// <summary>
    /// How a plan's masks are made. CAM files are no part of it, since they change no mask, nor are
    /// the pictures one by one: one that was damaged may be mended and done later.
    /// </summary>
    public static SortedDictionary<string, string> SettingsOf(MaskPlan plan)
    {
        var settings = SettingsText.Of(plan.Seeds.Protocol);
        settings["Crf"] = "none";
        if (plan.Crf is { } crf)
        {
            settings["Crf"] = "dense";
            foreach (var (key, value) in SettingsText.Of(crf))
                settings["Crf." + key] = value;
        }

        if (plan.Soft is { } soft)
        {
            foreach (var (key, value) in SettingsText.Of(soft))
                settings["Soft." + key] = value;
        }

        settings["Weights"] = plan.Cams.WeightsFingerprint;
        settings["Split"] = plan.Seeds.Split;
        return settings;
    }

    /// <summary>The threshold of the run that began the folder; null where there was none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or the folder holds masks made otherwise; the message names it.</exception>
    public static float? ThresholdOf(string folder, IReadOnlyDictionary<string, string> settings)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return null;
        MaskState state;
        try
        {
            state = JsonSerializer.Deserialize<MaskState>(File.ReadAllBytes(path)) is { Settings: not null } read ? read : throw new JsonException("no settings");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is damaged: {exception.Message}", exception);
        }

        var differences = SettingsText.Differences(state.Settings, settings);
        return differences.Count == 0
            ? state.Threshold
            : throw new InvalidDataException($"{path}: the masks in this folder were made otherwise ({string.Join("; ", differences)}). Choose another folder, or begin anew.");
    }

    /// <summary>Writes the file.</summary>
    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, Name), stream => JsonSerializer.Serialize(stream, this));

    /// <summary>Forgets an earlier run.</summary>
    public static void Delete(string folder) => File.Delete(Path.Combine(folder, Name));
}
