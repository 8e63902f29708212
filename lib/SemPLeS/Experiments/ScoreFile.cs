using System.Globalization;
using System.Text;
using SemPLeS.Data;

namespace SemPLeS.Experiments;

/// <summary>Scores as a table that spreadsheets read.</summary>
public static class ScoreFile
{
    /// <summary>
    /// Writes class,iou with a line for each label, then mIoU, false positives and false negatives, all in percent; empty where neither truth nor
    /// prediction has a label. The file appears when it is complete.
    /// </summary>
    /// <param name="record">The scores.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void WriteCsv(ScoreRecord record, string path)
    {
        ArgumentNullException.ThrowIfNull(record);
        var text = new StringBuilder("class,iou\n");
        foreach (var (name, value) in record.Iou.Append(new("mIoU", record.MeanIou)).Append(new("false positives", record.FalsePositiveRate)).Append(new("false negatives", record.FalseNegativeRate)))
            text.Append(CultureInfo.InvariantCulture, $"{name},{value:0.0000}\n");
        AtomicFile.WriteText(path, text.ToString());
    }
}
