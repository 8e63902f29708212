using System.Globalization;
using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Weights;
using static TorchSharp.torch;

namespace SemPLeS.Experiments.Readiness;

/// <summary>Looks, before a run that takes hours, for what would stop it.</summary>
public static class ReadinessChecks
{
    private const double Gigabyte = 1 << 30;

    /// <summary>What every run needs: a device, memory and disk.</summary>
    /// <param name="device">Where tensors are to be.</param>
    /// <param name="storeFolder">Where results are written; it need not exist.</param>
    /// <param name="needs">Null: what drawings need.</param>
    public static IReadOnlyList<ReadinessCheck> OfMachine(Device device, string storeFolder, PaperNeeds? needs = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentException.ThrowIfNullOrEmpty(storeFolder);
        needs ??= new PaperNeeds(GpuGigabytes: 0, MemoryGigabytes: 2, DiskGigabytes: 1, StageHours: 0, SegmenterHours: 0);
        return
        [
            new("libtorch", Readiness.Good, __version__),
            OfDevice(device, needs),
            AtLeast("main memory", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, needs.MemoryGigabytes, Readiness.Doubtful, "--micro-batch takes less"),
            AtLeast($"disk of {storeFolder}", OutputFolder.FreeBytes(storeFolder), needs.DiskGigabytes, Readiness.Doubtful, "`semples store prune` frees what is not needed"),
        ];
    }

    /// <summary>Lists, pictures, masks and weights of a photograph data set. Lists are read and files looked for; only headers of weights are opened.</summary>
    /// <param name="data">The data.</param>
    public static IReadOnlyList<ReadinessCheck> OfData(PaperData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var missing = data.Missing().ToDictionary(item => item.Path);
        var splits = data.Preset.Splits;
        (string Name, int Images)[] lists = [(splits.Training, splits.TrainingImages), (splits.Scored, splits.ScoredImages), (splits.Validation, splits.ValidationImages)];
        return
        [
            missing.TryGetValue(data.PictureFolder, out var folder) ? Absent("pictures", folder) : new("pictures", Readiness.Good, data.PictureFolder),
            .. missing.ContainsKey(data.PictureFolder) ? [] : lists.Distinct().Select(list => OfList(data, list.Name, list.Images)),
            missing.TryGetValue(data.ClipPath, out var clip) ? Absent("CLIP", clip) : OfWeights("CLIP", data.ClipPath, "clip", OfClip),
            missing.TryGetValue(data.TrunkPath, out var trunk) ? Absent("DeiT", trunk) : OfWeights("DeiT", data.TrunkPath, "deit", file => OfTrunk(file, data.Preset.Generator)),
        ];
    }

    private static ReadinessCheck OfDevice(Device device, PaperNeeds needs)
    {
        if (device.type != TorchSharp.DeviceType.CUDA)
        {
            return needs.GpuGigabytes == 0 ? new("device", Readiness.Good, $"{device}, {Environment.ProcessorCount} processors")
                : new("device", Readiness.Doubtful, $"{device}, {Environment.ProcessorCount} processors", cuda.is_available() ? "--device cuda uses the GPU" : "without a GPU this takes days");
        }

        var gpus = Gpu.List();
        if (device.index >= gpus.Count)
            return new("device", Readiness.Doubtful, $"{device}, of which nvidia-smi tells nothing");
        var gpu = gpus[Math.Max(0, device.index)];
        var enough = gpu.FreeMegabytes >= needs.GpuGigabytes * 1024L;
        return new("device", enough ? Readiness.Good : Readiness.Doubtful, string.Create(CultureInfo.InvariantCulture, $"{gpu.Name}, {gpu.FreeMegabytes / 1024.0:0.0} GiB free"), enough ? "" : $"the published batches need about {needs.GpuGigabytes} GB: --micro-batch splits them");
    }

    private static ReadinessCheck OfList(PaperData data, string split, int expected)
    {
        var script = $"dotnet run data-scripts/{data.Preset.Name}.cs";
        if (!data.Photographs.Has(split))
            return new(split, Readiness.Missing, "no such list", script);
        try
        {
            var count = data.Photographs.Count(split);
            return new(split, count == expected ? Readiness.Good : Readiness.Doubtful, $"{count} images", count == expected ? "" : $"the paper's list has {expected}");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return new(split, Readiness.Missing, exception.Message, script);
        }
    }

    private static ReadinessCheck OfWeights(string what, string path, string script, Func<WeightsFile, string> describe)
    {
        try
        {
            using var file = WeightsFile.Open(path);
            return new(what, Readiness.Good, describe(file));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return new(what, Readiness.Missing, exception.Message, $"dotnet run data-scripts/{script}.cs");
        }
    }

    private static string OfClip(WeightsFile file)
    {
        var settings = ClipSettings.Read(file);
        if (settings.VocabularySize != ClipTokenizer.Published.VocabularySize)
            throw new InvalidDataException($"{file.FilePath} has a vocabulary of {settings.VocabularySize}, not OpenAI's of {ClipTokenizer.Published.VocabularySize}.");
        return $"patches of {settings.PatchSize}, images of {settings.ImageSize} pixels: {file.FilePath}";
    }

    private static string OfTrunk(WeightsFile file, GeneratorSettings settings)
    {
        using var generator = GeneratorStart.FromTrunk(settings, file, new RandomStream(0));
        return $"width {settings.Width}, {settings.Depth} blocks: {file.FilePath}";
    }

    private static ReadinessCheck Absent(string what, MissingData missing) => new(what, Readiness.Missing, $"nothing at {missing.Path}", missing.Command);

    private static ReadinessCheck AtLeast(string what, long bytes, int gigabytes, Readiness otherwise, string advice)
    {
        var enough = bytes >= gigabytes * Gigabyte;
        return new(what, enough ? Readiness.Good : otherwise, string.Create(CultureInfo.InvariantCulture, $"{bytes / Gigabyte:0.0} GiB"), enough ? "" : $"about {gigabytes} GB are needed; {advice}");
    }
}
