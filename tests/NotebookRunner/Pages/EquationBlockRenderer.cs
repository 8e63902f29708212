using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace NotebookRunner.Pages;

/// <summary>Equations between lines of <c>$$</c>.</summary>
internal sealed class EquationBlockRenderer(Equations equations) : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock equation) =>
        renderer.Write("<p>").Write(equations.ToHtml(equation.Lines.ToString(), display: true)).Write("</p>\n");
}
