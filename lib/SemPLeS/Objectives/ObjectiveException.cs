namespace SemPLeS.Objectives;

/// <summary>A term of a loss can't be computed: its function is wrong. The message has the term's name, what went wrong, and the shapes of what it could read.</summary>
public sealed class ObjectiveException : Exception
{
    internal ObjectiveException(string term, string problem, ObjectiveContext context, Exception? inner = null)
        : base($"The term '{term}', step {context.Step}: {problem}. What it had: {string.Join(", ", context.Shapes.Select(item => $"{item.Name} [{string.Join(", ", item.Shape)}]"))}.", inner) =>
        Term = term;

    /// <summary>The term's name.</summary>
    public string Term { get; }
}
