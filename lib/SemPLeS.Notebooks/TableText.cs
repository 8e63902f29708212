using System.Text;

namespace SemPLeS.Notebooks;

/// <summary>Tables as text for other programs.</summary>
public static class TableText
{
    /// <summary>Comma-separated values (RFC 4180), the headings in the first line.</summary>
    public static string Csv(TableSection table) => Lines(table, row => string.Join(',', row.Select(CsvCell)));

    /// <summary>A table in GitHub's Markdown, numbers flush right, under its heading and above its text.</summary>
    public static string Markdown(TableSection table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var lines = Lines(table, row => "| " + string.Join(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))) + " |").Split('\n', 2);
        var rule = "|" + string.Concat(table.Columns.Select(column => column.IsNumeric ? " ---: |" : " --- |"));
        return $"### {table.Heading}\n\n{lines[0]}\n{rule}\n{lines[1]}" + (table.Text.Length > 0 ? $"\n{table.Text}\n" : string.Empty);
    }

    /// <summary>A LaTeX tabular for booktabs, in a table with heading and text as its caption.</summary>
    public static string Latex(TableSection table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var lines = Lines(table, row => string.Join(" & ", row.Select(LatexText)) + @" \\").Split('\n', 2);
        var alignment = string.Concat(table.Columns.Select(column => column.IsNumeric ? 'r' : 'l'));
        return $$"""
            \begin{table}
            \centering
            \caption{{{LatexText(table.Heading)}}. {{LatexText(table.Text)}}}
            \begin{tabular}{{{alignment}}}
            \toprule
            {{lines[0]}}
            \midrule
            {{lines[1]}}\bottomrule
            \end{tabular}
            \end{table}

            """.ReplaceLineEndings("\n");
    }

    private static string Lines(TableSection table, Func<IEnumerable<string>, string> line)
    {
        ArgumentNullException.ThrowIfNull(table);
        return string.Concat(table.Rows.Concat(table.Summary).Prepend([.. table.Columns.Select(column => column.Heading)]).Select(row => line(row) + "\n"));
    }

    private static string CsvCell(string cell) => cell.AsSpan().IndexOfAny("\",\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string LatexText(string text)
    {
        var latex = new StringBuilder();
        foreach (var character in text)
        {
            latex.Append(character switch
            {
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $@"\{character}",
                '\\' => @"\textbackslash{}",
                '~' => @"\textasciitilde{}",
                '^' => @"\textasciicircum{}",
                '<' or '>' or '|' => $"${character}$",
                '\u00b1' => @"$\pm$",
                '\u2212' => "$-$",
                '\u2013' => "--",
                _ => character.ToString(),
            });
        }

        return latex.ToString();
    }
}
