using Jint;
using Jint.Runtime;

namespace NotebookRunner.Pages;

/// <summary>LaTeX equations as HTML: KaTeX runs here, when the page is made, so that the page needs its style sheet and fonts but no script.</summary>
internal sealed class Equations
{
    private const string Render = "(text, display) => katex.renderToString(text, { displayMode: display, throwOnError: true, strict: 'ignore' })";

    private readonly Lazy<Func<string, bool, string>> _render = new(() =>
    {
        var engine = new Engine();
        engine.Execute(Resource.ReadPacked("katex.js.gz"));
        var render = engine.Evaluate(Render);
        return (text, display) => engine.Invoke(render, text, display).AsString();
    });

    /// <param name="latex">The equation, without dollar signs.</param>
    /// <param name="display">Whether it stands on a line of its own.</param>
    /// <exception cref="InvalidDataException">KaTeX does not understand it.</exception>
    public string ToHtml(string latex, bool display)
    {
        try
        {
            return _render.Value(latex, display);
        }
        catch (JavaScriptException e)
        {
            throw new InvalidDataException($"The equation {latex} can't be shown: {e.Message}", e);
        }
    }
}
