using System.Collections.Concurrent;
using System.Reflection;

namespace NotebookRunner.Formatting;

/// <summary>
/// The formatters that a type names for itself: an attribute class called TypeFormatterSourceAttribute, from any assembly, with a type whose <c>CreateTypeFormatters()</c> gives objects with
/// <c>MimeType</c> and <c>Format(object, TextWriter)</c>. The kernel ignores what does not keep to the convention; here it is an error, since nobody would see it otherwise.
/// </summary>
internal sealed class FormatterSource
{
    private const string AttributeName = "TypeFormatterSourceAttribute";
    private static readonly ConcurrentDictionary<Type, FormatterSource?> Known = new();

    private readonly Dictionary<string, Func<object, TextWriter, bool>> _formatters = [];

    private FormatterSource(Type type, Attribute attribute)
    {
        var sourceType = Member<Type>(attribute, "FormatterSourceType") ?? throw Broken(type, $"{AttributeName}.FormatterSourceType is null");
        var create = sourceType.GetMethod("CreateTypeFormatters", Type.EmptyTypes) ?? throw Broken(type, $"{sourceType} has no public method CreateTypeFormatters()");
        var source = Activator.CreateInstance(sourceType);
        if (create.Invoke(source, BindingFlags.DoNotWrapExceptions, null, null, null) is not IEnumerable<object> formatters)
            throw Broken(type, $"{sourceType}.CreateTypeFormatters() does not give IEnumerable<object>");
        foreach (var formatter in formatters)
        {
            var mimeType = Member<string>(formatter, "MimeType") ?? throw Broken(type, $"{formatter.GetType()} has no MimeType");
            var methods = formatter.GetType().GetMethods().Where(m => m.Name == "Format" && m.ReturnType == typeof(bool)
                && m.GetParameters() is [var value, var writer] && value.ParameterType == typeof(object) && writer.ParameterType == typeof(TextWriter)).ToArray();
            if (methods is not [var format])
                throw Broken(type, $"{formatter.GetType()} has no method bool Format(object, TextWriter), or several");
            _formatters[mimeType] = format.CreateDelegate<Func<object, TextWriter, bool>>(formatter);
        }

        var preferred = Member<string[]>(attribute, "PreferredMimeTypes");
        PreferredMimeTypes = preferred is { Length: > 0 } ? preferred : [.. _formatters.Keys];
    }

    /// <summary>What a value of this type is shown as.</summary>
    public IReadOnlyList<string> PreferredMimeTypes { get; }

    /// <summary>The formatters of a type; null where it has none.</summary>
    public static FormatterSource? Of(Type type) => Known.GetOrAdd(type, static t =>
        t.GetCustomAttributes(inherit: true).OfType<Attribute>().FirstOrDefault(a => a.GetType().Name == AttributeName) is { } attribute ? new FormatterSource(t, attribute) : null);

    /// <summary>The value as a MIME type; null where there is no formatter for it, or it declines.</summary>
    public string? Format(object value, string mimeType)
    {
        if (!_formatters.TryGetValue(mimeType, out var format))
            return null;
        using var writer = new StringWriter();
        return format(value, writer) ? writer.ToString() : null;
    }

    private static T? Member<T>(object instance, string name)
        where T : class =>
        instance.GetType().GetProperty(name)?.GetValue(instance) as T;

    private static InvalidOperationException Broken(Type type, string reason) => new($"{type} names a formatter source that notebooks can't use: {reason}.");
}
