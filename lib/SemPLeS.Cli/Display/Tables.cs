using SemPLeS.Cli.Reports;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;
using SemPLeS.Notebooks;
using SemPLeS.Training;
using Spectre.Console;

namespace SemPLeS.Cli.Display;

/// <summary>Tables on a terminal.</summary>
internal static class Tables
{
    /// <summary>Losses, learning rate and seconds of each epoch.</summary>
    public static void Epochs(Terminal terminal, TrainingRecord record)
    {
        var terms = record.Epochs[0].Losses.Keys.ToArray();
        Write(
            terminal,
            record.Name,
            ["epoch", .. terms.Select(term => term == "total" ? "loss" : term), "learning rate", "seconds"],
            record.Epochs.Select(epoch => ResultTables.Epoch(epoch, terms)));
    }

    /// <summary>IoU of each class, mIoU, error rates and threshold; a column for each score.</summary>
    public static void Scores(Terminal terminal, string title, IReadOnlyList<string> classNames, IReadOnlyList<MeasuredScore> scores) =>
        Write(terminal, ScoreTable.PerClass(title, [.. classNames.Prepend("background")], SeedColumns.Of(scores)));

    /// <summary>IoU of each class, mIoU and error rates.</summary>
    public static void Scores(Terminal terminal, string title, IReadOnlyList<string> classNames, string column, SegmentationScores scores) =>
        Write(terminal, ScoreTable.PerClass(title, [.. classNames.Prepend("background")], [new ScoreColumn(column, scores)]));

    /// <summary>IoU of each class, mIoU and error rates; a column for each of several scores.</summary>
    public static void Scores(Terminal terminal, string title, IReadOnlyList<string> classNames, IReadOnlyList<ScoreColumn> columns) =>
        Write(terminal, ScoreTable.PerClass(title, [.. classNames.Prepend("background")], columns));

    /// <summary>A table of texts, which wrap where the terminal is narrow.</summary>
    public static void Texts(Terminal terminal, string title, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var heading in headings)
            table.AddColumn(new Spectre.Console.TableColumn(Markup.Escape(heading)));
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        terminal.Output.WriteLine(title);
        terminal.Tables.Write(table);
    }

    /// <summary>A table of a report.</summary>
    public static void Write(Terminal terminal, TableSection table) =>
        Write(terminal, table.Heading, [.. table.Columns.Select(column => column.Heading)], table.Rows.Concat(table.Summary));

    /// <summary>A table whose first column names the rows and whose others hold numbers.</summary>
    public static void Write(Terminal terminal, string title, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        for (var i = 0; i < headings.Count; i++)
            table.AddColumn(new Spectre.Console.TableColumn(Markup.Escape(headings[i])) { Alignment = i == 0 ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        terminal.Output.WriteLine(title);
        terminal.Tables.Write(table);
    }
}
