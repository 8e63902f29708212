using System.Globalization;
using SemPLeS.Training;

namespace SemPLeS.Experiments.Ablations;

/// <summary>A reader's own grid of settings as a table.</summary>
public static class Sweep
{
    private static readonly OrderedDictionary<string, Func<StageVariation, string, StageVariation>> Setters = new()
    {
        ["lambda"] = (variation, text) => variation with { Lambda = AtLeast0(text) },
        ["lambda-b"] = (variation, text) => variation with { LambdaB = AtLeast0(text) },
        ["lambda-t"] = (variation, text) => variation with { LambdaT = AtLeast0(text) },
        ["text-floor"] = (variation, text) => variation with { TextFloor = AtLeast0(text) },
        ["prompt-length"] = (variation, text) => variation with { PromptLength = Whole(text) },
        ["mask-epsilon"] = (variation, text) => variation with { MaskEpsilon = Above0(text) },
        ["rate"] = (variation, text) => variation with { Rate = Above0(text) },
        ["epochs"] = (variation, text) => variation with { Epochs = Whole(text) },
        ["prompt-rate"] = (variation, text) => variation with { PromptRate = Above0(text) },
        ["prompt-epochs"] = (variation, text) => variation with { PromptEpochs = Whole(text) },
        ["prompt-terms"] = (variation, text) => text switch
        {
            "both" => variation with { HasTextTerm = true, HasImageTerm = true },
            "text" => variation with { HasTextTerm = true, HasImageTerm = false },
            "image" => variation with { HasTextTerm = false, HasImageTerm = true },
            _ => throw new FormatException("not both, text or image"),
        },
        ["generator"] = (variation, text) => variation with
        {
            Generator = text switch
            {
                "weaktr" => GeneratorMethod.WeakTr,
                "mctformer" => GeneratorMethod.Mctformer,
                _ => throw new FormatException("not weaktr or mctformer"),
            },
        },
        ["matching"] = (variation, text) => variation with
        {
            Matching = text switch
            {
                "semples" => MatchingLoss.SemPLeS,
                "clims" => MatchingLoss.Clims,
                _ => throw new FormatException("not semples or clims"),
            },
        },
        ["scheme"] = (variation, text) => variation with
        {
            Scheme = text switch
            {
                "joint" => Scheme.Joint,
                "sequential" => Scheme.Sequential,
                "continue" => new AlternatingScheme(1, ContinueFromMatching: true),
                _ when text.StartsWith("alternating", StringComparison.Ordinal) => new AlternatingScheme(Whole(text["alternating".Length..])),
                _ => throw new FormatException("not joint, sequential, continue or alternatingN"),
            },
        },
    };

    /// <summary>The names of settings that can be swept.</summary>
    public static IReadOnlyList<string> Settings => [.. Setters.Keys];

    /// <summary>The grid of all combinations, the first setting changing slowest; the first point is the baseline.</summary>
    /// <param name="grids">Such as "lambda=0,.5,1"; one for each setting.</param>
    /// <exception cref="ArgumentException">A text is no grid, a setting is unknown or named twice, a value is unfit, or a point is there twice.</exception>
    public static AblationTable Table(IReadOnlyList<string> grids)
    {
        ArgumentNullException.ThrowIfNull(grids);
        var settings = grids.Select(Parse).ToArray();
        if (settings.Length == 0)
            throw new ArgumentException("There is no setting to sweep.", nameof(grids));
        if (settings.GroupBy(setting => setting.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The setting '{twice.Key}' is named twice.", nameof(grids));
        IEnumerable<(string Name, StageVariation Variation)> points = [(string.Empty, new StageVariation())];
        foreach (var (name, values) in settings)
        {
            points = points.SelectMany(_ => values, (point, value) =>
                ($"{point.Name}{(point.Name.Length > 0 ? ", " : string.Empty)}{name} = {value}", Set(point.Variation, name, value)));
        }

        (string Name, StageVariation Variation)[] all = [.. points];
        double[] numbers = [.. settings[0].Values.Select(value => double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)];
        var isCurve = settings.Length == 1 && numbers.All(double.IsFinite);
        return new AblationTable(
            "sweep",
            $"Sweep of {string.Join(" and ", settings.Select(setting => setting.Name))}",
            string.Empty,
            [
                new("seed mIoU", "train", "seed_miou"),
                new("false act.", "train", "false_activation"),
                new("val mIoU", "val", "val_miou"),
                new("cos(u_b,u_f)", "train", "cos_label", 2),
                new("cos(u_b,v_b)", "train", "cos_background", 2),
            ],
            [.. all.Select((point, i) => new AblationRow(point.Name, null, (preset, world, seed) =>
            {
                var runs = preset.Runs(world, seed, point.Variation);
                return [runs.Last, runs.LastPrompts];
            })
            {
                Value = isCurve ? numbers[i] : null,
            })])
        {
            Claims = [.. Enumerable.Range(1, all.Length - 1).Select(row => new AblationClaim(row, 0))],
            ValueName = isCurve ? settings[0].Name : null,
            Remark = "The first row is the baseline. What is not named is the preset's own.",
        };
    }

    private static (string Name, IReadOnlyList<string> Values) Parse(string grid)
    {
        if (grid.Split('=') is not [{ Length: > 0 } name, { Length: > 0 } list])
            throw new ArgumentException($"'{grid}' is not NAME=VALUE,VALUE,...", nameof(grid));
        if (!Setters.ContainsKey(name))
            throw new ArgumentException($"There is no setting '{name}': {string.Join(", ", Setters.Keys)}.", nameof(grid));
        var values = list.Split(',', StringSplitOptions.TrimEntries);
        if (values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The value '{twice.Key}' of '{name}' is there twice.", nameof(grid));
        foreach (var value in values)
            _ = Set(new StageVariation(), name, value);
        return (name, values);
    }

    private static StageVariation Set(StageVariation variation, string name, string value)
    {
        try
        {
            return Setters[name](variation, value);
        }
        catch (FormatException error)
        {
            throw new ArgumentException($"The value '{value}' does not suit '{name}': {error.Message}.", nameof(value), error);
        }
    }

    private static double Number(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : throw new FormatException("it is not a number");

    private static double AtLeast0(string text) => Number(text) is >= 0 and var value ? value : throw new FormatException("it is below 0");

    private static double Above0(string text) => Number(text) is > 0 and var value ? value : throw new FormatException("it is not above 0");

    private static int Whole(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= 1 ? value : throw new FormatException("it is not a whole number of at least 1");
}
