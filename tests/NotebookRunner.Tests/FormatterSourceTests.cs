using NotebookRunner.Formatting;
using Xunit;

namespace NotebookRunner.Tests;

/// <summary>The kernel's convention, found by name: the attribute here is this file's own.</summary>
public sealed class FormatterSourceTests
{
    [Fact]
    public void A_type_is_shown_as_it_prefers_or_as_it_is_asked()
    {
        Assert.Equal([new FormattedValue("text/html", "<b>7</b>")], ValueFormatter.Format(new Shown(7), []));
        Assert.Equal([new FormattedValue("text/plain", "seven")], ValueFormatter.Format(new Shown(7), ["text/plain"]));
        Assert.Equal([new FormattedValue("text/html", "<b>8</b>")], ValueFormatter.Format(new Derived(8), []));
    }

    [Fact]
    public void Without_a_preference_all_its_formatters_are_used() =>
        Assert.Equal(["text/html", "text/plain"], ValueFormatter.Format(new Undecided(), []).Select(value => value.MimeType));

    [Fact]
    public void A_formatter_that_declines_leaves_the_value_to_the_general_ones() =>
        Assert.Equal([new FormattedValue("text/html", "<pre>-1</pre>")], ValueFormatter.Format(new Shown(-1), []));

    [Fact]
    public void A_MIME_type_without_a_formatter_is_an_error() =>
        Assert.Throws<NotSupportedException>(() => ValueFormatter.Format(new Shown(7), ["image/png"]));

    [Fact]
    public void A_source_that_does_not_keep_to_the_convention_is_an_error_that_names_the_type()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ValueFormatter.Format(new Broken(), []));

        Assert.Contains(nameof(Broken), error.Message, StringComparison.Ordinal);
        Assert.Contains("CreateTypeFormatters", error.Message, StringComparison.Ordinal);
    }

    [TypeFormatterSource(typeof(Source), PreferredMimeTypes = ["text/html"])]
    private class Shown(int value)
    {
        public int Value => value;

        public override string ToString() => $"{value}";
    }

    private sealed class Derived(int value) : Shown(value);

    [TypeFormatterSource(typeof(Source))]
    private sealed class Undecided() : Shown(7);

    [TypeFormatterSource(typeof(string))]
    private sealed class Broken;

    private sealed class Source
    {
        public IEnumerable<object> CreateTypeFormatters() => [new Html(), new Plain()];
    }

    private sealed class Html
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write($"<b>{((Shown)instance).Value}</b>");
            return ((Shown)instance).Value >= 0;
        }
    }

    private sealed class Plain
    {
        public string MimeType => "text/plain";

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write("seven");
            return true;
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType => formatterSourceType;

        public string[] PreferredMimeTypes { get; set; } = [];
    }
}
