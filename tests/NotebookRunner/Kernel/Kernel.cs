using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Execution;

namespace Microsoft.DotNet.Interactive;

/// <summary>What a cell can call without a prefix: the members of the .NET Interactive kernel's class of this name that notebooks here use.</summary>
public static class Kernel
{
    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">As what; by default what the value's type prefers, else plain text.</param>
    /// <exception cref="NotSupportedException">The value can't be shown as one of <paramref name="mimeTypes"/>.</exception>
#pragma warning disable IDE1006 // The kernel's own name.
    public static DisplayedValue display(object? value, params string[] mimeTypes) => CellOutputs.Display(value, mimeTypes);
#pragma warning restore IDE1006

    /// <summary>Text that is shown as HTML.</summary>
    public static HtmlContent HTML(string content) => new(content);
}
