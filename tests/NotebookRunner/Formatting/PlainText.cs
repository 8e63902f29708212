using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NotebookRunner.Formatting;

/// <summary>Values as plain text: numbers as invariant text, sequences as lists, objects without a text of their own by their properties.</summary>
internal static class PlainText
{
    private const int LongestList = 20;
    private const int Deepest = 3;

    public static string Of(object? value) => Of(value, 0);

    private static string Of(object? value, int depth) => value switch
    {
        null => "<null>",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        ITuple tuple => $"( {string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Of(tuple[i], depth + 1)))} )",
        _ when HasTextOfItsOwn(value.GetType()) => value.ToString() ?? "",
        _ when depth == Deepest => value.GetType().Name,
        IDictionary dictionary => List(Entries(dictionary, depth), dictionary.Count, "{ ", " }"),
        IEnumerable sequence => List(sequence.Cast<object?>().Select(item => Of(item, depth + 1)), (value as ICollection)?.Count, "[ ", " ]"),
        _ => Properties(value, depth),
    };

    private static IEnumerable<string> Entries(IDictionary dictionary, int depth)
    {
        foreach (DictionaryEntry entry in dictionary)
            yield return $"{Of(entry.Key, depth + 1)}: {Of(entry.Value, depth + 1)}";
    }

    private static bool HasTextOfItsOwn(Type type) =>
        type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType is { } declaring && declaring != typeof(object) && declaring != typeof(ValueType);

    private static string List(IEnumerable<string> items, int? count, string open, string close)
    {
        var shown = items.Take(LongestList + 1).ToList();
        if (shown.Count == 0)
            return open.TrimEnd() + close.TrimStart();
        if (shown.Count > LongestList)
            shown[^1] = count is null ? "... (more)" : $"... ({count - LongestList} more)";
        return open + string.Join(", ", shown) + close;
    }

    private static string Properties(object value, int depth)
    {
        var properties = value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanRead && p.GetIndexParameters().Length == 0);
        var shown = properties.Select(p => $"{p.Name}: {PropertyText(p, value, depth)}").ToList();
        return shown.Count == 0 ? value.ToString() ?? "" : $"{value.GetType().Name} {{ {string.Join(", ", shown)} }}";
    }

    private static string PropertyText(PropertyInfo property, object value, int depth)
    {
        try
        {
            return Of(property.GetValue(value), depth + 1);
        }
        catch (TargetInvocationException e)
        {
            return $"<{e.InnerException!.GetType().Name}>";
        }
    }
}
