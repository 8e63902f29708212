using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Execution;
using NotebookRunner.Formatting;

namespace System;

/// <summary>The kernel's extension methods that show a value.</summary>
public static class DisplayExtensions
{
    /// <inheritdoc cref="Microsoft.DotNet.Interactive.Kernel.display"/>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => CellOutputs.Display(value, mimeTypes);

    /// <summary>Shows text below the cell as it is, under a MIME type such as <c>text/html</c>.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => CellOutputs.Display(value, [new FormattedValue(mimeType, value)]);
}
