using System.Collections;
using NotebookRunner.Formatting;
using Xunit;

namespace NotebookRunner.Tests;

public sealed class PlainTextTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { null, "<null>" },
        { "text", "text" },
        { 1.5, "1.5" },
        { 1e-5f, "1E-05" },
        { true, "True" },
        { 'c', "c" },
        { DayOfWeek.Friday, "Friday" },
        { new[] { 1, 2, 3 }, "[ 1, 2, 3 ]" },
        { Array.Empty<int>(), "[]" },
        { new[] { "a", null }, "[ a, <null> ]" },
        { new[] { new[] { 1 }, new[] { 2, 3 } }, "[ [ 1 ], [ 2, 3 ] ]" },
        { Enumerable.Range(0, 23).ToList(), "[ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, ... (3 more) ]" },
        { Enumerable.Repeat(0, 30).Select(x => x), $"[ {string.Concat(Enumerable.Repeat("0, ", 20))}... (more) ]" },
        { new Dictionary<string, int> { ["cow"] = 3, ["car"] = 0 }, "{ cow: 3, car: 0 }" },
        { new Hashtable { ["a"] = 1 }, "{ a: 1 }" },
        { (1, "x"), "( 1, x )" },
        { new { A = 1, B = "x" }, "{ A = 1, B = x }" },
        { new Plain(), "Plain { Number: 2.5, Names: [ a ] }" },
        { new Failing(), "Failing { Value: <NotSupportedException> }" },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void Values_are_shown_as_text(object? value, string text) => Assert.Equal(text, PlainText.Of(value));

    [Fact]
    public void An_object_that_holds_itself_has_an_end()
    {
        var loop = new Loop();
        loop.Self = loop;

        Assert.Equal("Loop { Self: Loop { Self: Loop { Self: Loop } } }", PlainText.Of(loop));
    }

    private sealed class Plain
    {
        public double Number => 2.5;

        public string[] Names => ["a"];
    }

    private sealed class Failing
    {
        public int Value => throw new NotSupportedException();
    }

    private sealed class Loop
    {
        public Loop? Self { get; set; }
    }
}
