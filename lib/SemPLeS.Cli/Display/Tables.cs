using System.Globalization;
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
            record.Epochs.Select(epoch => (string[])
            [
                epoch.Epoch.ToString(CultureInfo.InvariantCulture),
                .. terms.Select(term => epoch.Losses[term].ToString("0.0000", CultureInfo.InvariantCulture)),
                epoch.LearningRate.ToString("0.0e0", CultureInfo.InvariantCulture),
                epoch.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
            ]));
    }

    /// <summary>IoU of each class, mIoU, error rates and threshold; a column for each score.</summary>
    public static void Scores(Terminal terminal, string title, IReadOnlyList<string> classNames, IReadOnlyList<MeasuredScore> scores)
    {
        var table = ScoreTable.PerClass(title, [.. classNames.Prepend("background")], [.. scores.Select(Column)]);
        Write(terminal, title, [.. table.Columns.Select(column => column.Heading)], table.Rows.Concat(table.Summary));

        ScoreColumn Column(MeasuredScore score) => new(Name(score), score.Evaluation.Seeds.Scores)
        {
            Threshold = score.Evaluation.Seeds.Threshold,
            FalseActivation = score.Evaluation.FalseActivation,
        };

        string Name(MeasuredScore score) => scores.Count(other => other.Split == score.Split) > 1 ? $"{score.Split}, {score.Protocol.Name}" : score.Split;
    }

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
