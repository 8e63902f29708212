using System.Globalization;
using SemPLeS.Data;
using SemPLeS.Weights;

namespace SemPLeS.Experiments;

/// <summary>What a weights file says beside the network's shape: the mean and standard deviation that its input is normalised by.</summary>
public static class WeightsMetadata
{
    private const string Mean = "input_mean";
    private const string StandardDeviation = "input_std";

    /// <summary>The texts for the file.</summary>
    public static IReadOnlyDictionary<string, string> Of(ChannelStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        return new Dictionary<string, string> { [Mean] = Text(statistics.Mean), [StandardDeviation] = Text(statistics.StandardDeviation) };
    }

    /// <summary>Reads them back.</summary>
    /// <returns>Null when the file says nothing.</returns>
    /// <exception cref="InvalidDataException">What it says is not three numbers each.</exception>
    public static ChannelStatistics? Read(SafetensorsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!file.Metadata.ContainsKey(Mean) && !file.Metadata.ContainsKey(StandardDeviation))
            return null;
        try
        {
            return new ChannelStatistics(Numbers(file, Mean), Numbers(file, StandardDeviation));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{file.FilePath}: the metadata's {Mean} and {StandardDeviation} are not three numbers each.", e);
        }
    }

    private static string Text(IReadOnlyList<float> values) => string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static float[] Numbers(SafetensorsFile file, string key) =>
        [.. file.Metadata.GetValueOrDefault(key, string.Empty).Split(' ').Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
}
