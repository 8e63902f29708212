using System.Reflection;

namespace SemPLeS.Notebooks;

/// <summary>Something that a notebook shows and that can be replaced in its place. The host is found by the names of its members, so that no package of it is needed.</summary>
internal sealed class NotebookDisplay
{
    private readonly object _displayed;
    private readonly MethodInfo _update;

    private NotebookDisplay(object displayed, MethodInfo update) => (_displayed, _update) = (displayed, update);

    /// <summary>Shows something under the running cell; null where no notebook runs.</summary>
    public static NotebookDisplay? Show(INotebookOutput output)
    {
        var display = AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType("System.DisplayExtensions")?.GetMethod("Display", [typeof(object), typeof(string[])]))
            .FirstOrDefault(method => method is not null);
        return Call(display, null, output, Array.Empty<string>()) is { } displayed && displayed.GetType().GetMethod("Update", [typeof(object)]) is { } update
            ? new NotebookDisplay(displayed, update)
            : null;
    }

    /// <summary>Shows something else in its place. Call it where the cell's own code runs: kernels lose what other threads show.</summary>
    public void Update(INotebookOutput output) => Call(_update, _displayed, output);

    private static object? Call(MethodInfo? method, object? target, params object[] arguments) =>
        method?.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
