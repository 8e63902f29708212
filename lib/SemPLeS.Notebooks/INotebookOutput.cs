namespace SemPLeS.Notebooks;

/// <summary>What a notebook shows when a cell ends with it: a figure, a table, pictures.</summary>
public interface INotebookOutput
{
    /// <summary>HTML that stands for itself: it brings its style and its pictures, reads on light and dark pages, and loses no content where scripts are stripped.</summary>
    public string ToHtml();
}
