using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace NotebookRunner.Pages;

/// <summary>Equations within text: <c>$...$</c>, and <c>$$...$$</c> on one line.</summary>
internal sealed class EquationRenderer(Equations equations) : HtmlObjectRenderer<MathInline>
{
    protected override void Write(HtmlRenderer renderer, MathInline equation) =>
        renderer.Write(equations.ToHtml(equation.Content.ToString(), display: equation.DelimiterCount == 2));
}
