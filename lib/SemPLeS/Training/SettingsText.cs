using System.Collections;
using System.Globalization;
using System.Reflection;

namespace SemPLeS.Training;

/// <summary>Settings as flat texts, to be compared, stored and shown: "Augmentation.Size" is "224".</summary>
public static class SettingsText
{
    /// <summary>Every readable property, nested records under their own names; a nested record's type is under the name alone.</summary>
    /// <param name="settings">A record.</param>
    public static SortedDictionary<string, string> Of(object settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(texts, string.Empty, settings);
        return texts;
    }

    /// <summary>The properties of several records, each under a name of its own: "Crf.Iterations".</summary>
    /// <param name="parts">Names and records.</param>
    public static SortedDictionary<string, string> OfParts(params IReadOnlyList<(string Name, object Settings)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, settings) in parts)
            Add(texts, name + ".", settings);
        return texts;
    }

    /// <summary>One line for each name whose texts differ: "name: expected, not actual".</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> actual) =>
    [
        .. expected.Keys.Union(actual.Keys).Order(StringComparer.Ordinal)
            .Where(key => expected.GetValueOrDefault(key) != actual.GetValueOrDefault(key))
            .Select(key => $"{key}: {expected.GetValueOrDefault(key) ?? "nothing"}, not {actual.GetValueOrDefault(key) ?? "nothing"}"),
    ];

    private static void Add(SortedDictionary<string, string> texts, string prefix, object settings)
    {
        foreach (var property in settings.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.GetIndexParameters().Length == 0))
        {
            var name = prefix + property.Name;
            var value = property.GetValue(settings);
            switch (value)
            {
                case null when property.IsDefined(typeof(OmittedWhenNullAttribute)):
                    break;
                case null:
                    texts[name] = "null";
                    break;
                case string text:
                    texts[name] = text;
                    break;
                case IFormattable formattable:
                    texts[name] = formattable.ToString(value is double or float ? "R" : null, CultureInfo.InvariantCulture);
                    break;
                case bool flag:
                    texts[name] = flag ? "true" : "false";
                    break;
                case IEnumerable items:
                    texts[name] = string.Join(' ', items.Cast<object>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)));
                    break;
                default:
                    texts[name] = value.GetType().Name;
                    Add(texts, name + ".", value);
                    break;
            }
        }
    }
}
