using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class TableTextTests
{
    private static readonly TableSection Table = new(
        "A & B", [new TableColumn("row"), new TableColumn("mIoU", IsNumeric: true)], [["a, \"b\"", "48.3 \u00b1 1.0"], ["L^T | x_y", "\u22120.5"]])
    {
        Text = "100 % measured.",
    };

    [Fact]
    public void Csv_quotes_what_needs_it() =>
        Assert.Equal("row,mIoU\n\"a, \"\"b\"\"\",48.3 \u00b1 1.0\nL^T | x_y,\u22120.5\n", TableText.Csv(Table));

    [Fact]
    public void Markdown_sets_numbers_flush_right_and_escapes_bars() =>
        Assert.Equal("### A & B\n\n| row | mIoU |\n| --- | ---: |\n| a, \"b\" | 48.3 \u00b1 1.0 |\n| L^T \\| x_y | \u22120.5 |\n\n100 % measured.\n", TableText.Markdown(Table));

    [Fact]
    public void Latex_escapes_what_it_would_take_for_commands()
    {
        var latex = TableText.Latex(Table);
        Assert.Contains(@"\caption{A \& B. 100 \% measured.}", latex, StringComparison.Ordinal);
        Assert.Contains(@"\begin{tabular}{lr}", latex, StringComparison.Ordinal);
        Assert.Contains(@"L\textasciicircum{}T $|$ x\_y & $-$0.5 \\", latex, StringComparison.Ordinal);
        Assert.Contains(@"48.3 $\pm$ 1.0 \\", latex, StringComparison.Ordinal);
    }
}
