namespace SemPLeS.Notebooks;

/// <summary>
/// Says how a notebook shows a type. Kernels find the attribute and its properties by their names, so that the library needs no package of theirs.
/// </summary>
/// <param name="formatterSourceType">A type with a method CreateTypeFormatters.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A type with a method CreateTypeFormatters, which makes objects with a MimeType and a method Format.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types to show, best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
