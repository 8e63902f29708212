using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using NotebookRunner.Formatting;

namespace NotebookRunner.Execution;

/// <summary>C# as a notebook's cells are compiled: each sees what the earlier ones declared.</summary>
internal sealed class CSharpSession
{
    /// <summary>The kernel's, exactly: a cell that needs more must say so itself, or it would fail in an editor.</summary>
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq", typeof(Kernel).FullName!,
    ];

    private readonly ScriptOptions _options;
    private ScriptState<object>? _state;

    /// <param name="folder">What relative paths in <c>#r</c> and <c>#load</c> start from.</param>
    public CSharpSession(string folder)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var known = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        _options = ScriptOptions.Default
            .WithReferences(known.Where(path => Path.GetDirectoryName(path) == framework).Append(typeof(Kernel).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path)))
            .WithImports(Imports)
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(folder))
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder))
            .WithFileEncoding(Encoding.UTF8)
            .WithEmitDebugInformation(true);
    }

    /// <summary>Runs code and shows the value of its last expression, if that has no semicolon.</summary>
    /// <param name="code">What to run.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="CompilationErrorException">It does not compile.</exception>
    public async Task Run(string code, string name)
    {
        var options = _options.WithFilePath(name);
        var script = _state is null ? CSharpScript.Create(code, options) : _state.Script.ContinueWith<object>(code, options);
        _state = _state is null ? await script.RunAsync() : await script.RunFromAsync(_state);
        if (HasResult(script.GetCompilation(), name))
            CellOutputs.Display(_state.ReturnValue, ValueFormatter.Format(_state.ReturnValue, []), isResult: true);
    }

    private static bool HasResult(Compilation compilation, string name)
    {
        var tree = compilation.SyntaxTrees.Single(t => t.FilePath == name);
        return ((CompilationUnitSyntax)tree.GetRoot()).Members.LastOrDefault() switch
        {
            GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last } =>
                compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type is { SpecialType: not SpecialType.System_Void },
            GlobalStatementSyntax { Statement: ReturnStatementSyntax { Expression: not null } } => true,
            _ => false,
        };
    }
}
