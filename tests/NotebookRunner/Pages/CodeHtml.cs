using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookRunner.Pages;

/// <summary>C# code as HTML, with keywords, text, numbers and comments marked.</summary>
internal static class CodeHtml
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static string Of(string code)
    {
        var html = new StringBuilder();
        foreach (var token in CSharpSyntaxTree.ParseText(code, Options).GetRoot().DescendantTokens())
        {
            Append(html, token.LeadingTrivia);
            Append(html, token.Text, Class(token));
            Append(html, token.TrailingTrivia);
        }

        return html.ToString();
    }

    private static string? Class(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "n",
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedStringStartToken
            or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedVerbatimStringStartToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken
            or SyntaxKind.InterpolatedRawStringEndToken or SyntaxKind.Utf8StringLiteralToken => "s",
        var kind when SyntaxFacts.IsKeywordKind(kind) => "k",
        // `var` is a name to the parser.
        SyntaxKind.IdentifierToken when token.Text == "var" => "k",
        _ => null,
    };

    private static void Append(StringBuilder html, SyntaxTriviaList trivia)
    {
        foreach (var piece in trivia)
        {
            var name = piece.IsDirective ? "d" : piece.IsKind(SyntaxKind.WhitespaceTrivia) || piece.IsKind(SyntaxKind.EndOfLineTrivia) ? null : "c";
            Append(html, piece.ToFullString(), name);
        }
    }

    private static void Append(StringBuilder html, string text, string? name)
    {
        if (text.Length == 0)
            return;
        var encoded = WebUtility.HtmlEncode(text);
        html.Append(name is null ? encoded : $"<span class=\"{name}\">{encoded}</span>");
    }
}
