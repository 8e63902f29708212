using NotebookRunner.Files;

namespace NotebookRunner.Execution;

/// <summary>Runs the cells of one notebook in this process, whose working directory is the notebook's folder.</summary>
internal sealed class NotebookExecution
{
    /// <summary>Begins the lines by which a child process tells its parent the number of the cell that it starts.</summary>
    public const char ProgressMark = '\u001e';

    /// <summary>Exit status of a process that ran all cells.</summary>
    public const int Done = 0;

    /// <summary>Exit status of a process that a cell's exception stopped; its standard error says which and why.</summary>
    public const int CellFailed = 3;

    private readonly Notebook _notebook;
    private readonly string _result;
    private readonly CSharpSession _session;
    private readonly MachinePaths _paths;
    private readonly TextWriter _progress;
    private readonly TextWriter _errors;
    private readonly HashSet<string> _importing = [];
    private readonly List<(NotebookCell Cell, CellOutputs Outputs)> _ran = [];
    private volatile CellOutputs? _running;

    private NotebookExecution(Notebook notebook, string result)
    {
        (_notebook, _result) = (notebook, result);
        var folder = Directory.GetCurrentDirectory();
        (_session, _paths) = (new CSharpSession(folder), new MachinePaths(folder));
        (_progress, _errors) = (Console.Out, Console.Error);
        Console.SetOut(new ConsoleCapture("stdout", () => _running));
        Console.SetError(new ConsoleCapture("stderr", () => _running));
    }

    /// <summary>Runs the notebook until its end or the first exception.</summary>
    /// <param name="notebook">What to run; its outputs are replaced.</param>
    /// <param name="result">The file for the executed notebook, written after every cell.</param>
    /// <returns>The exit status.</returns>
    public static Task<int> Run(Notebook notebook, string result) => new NotebookExecution(notebook, result).RunCells();

    private async Task<int> RunCells()
    {
        _notebook.Normalize();
        _notebook.ClearOutputs();
        foreach (var cell in _notebook.CodeCells)
        {
            var number = _ran.Count + 1;
            _progress.WriteLine($"{ProgressMark}{number}");
            _progress.Flush();
            var outputs = new CellOutputs();
            _running = outputs;
            var failure = await RunCell(cell, number, outputs);
            if (failure is not null)
                outputs.Add(failure);
            _ran.Add((cell, outputs));
            Write(number);
            _notebook.Save(_result);
            if (failure is not null)
            {
                _errors.WriteLine($"Cell {number} ({cell.Id}) failed:\n\n{Indented(cell.Source)}\n\n{_paths.Hide(failure.Trace)}");
                return CellFailed;
            }
        }

        // A cell may have updated what an earlier one shows.
        for (var number = 1; number <= _ran.Count; number++)
            Write(number);
        _notebook.RecordCodeHash();
        _notebook.Save(_result);
        return Done;
    }

    private void Write(int number)
    {
        var (cell, outputs) = _ran[number - 1];
        cell.SetOutputs(number, OutputJson.Of(outputs.All, number, _paths));
    }

    private async Task<ErrorOutput?> RunCell(NotebookCell cell, int number, CellOutputs outputs)
    {
        CellOutputs.OfThisFlow = outputs;
        try
        {
            await Run(cell, $"cell {number}");
            return null;
        }
        catch (Exception e)
        {
            return CellFailure.Describe(e);
        }
    }

    private async Task Run(NotebookCell cell, string name)
    {
        if (cell.Language is { } language and not "csharp")
            throw new CellRefusedException($"The cell's language is {language}; the runner runs C#.");
        foreach (var part in CellCode.Split(cell.Source))
        {
            if (part.Import is null)
                await _session.Run(part.Code, name);
            else
                await Import(part.Import, name);
        }
    }

    private async Task Import(string file, string importer)
    {
        var path = Path.GetFullPath(file);
        if (!File.Exists(path))
            throw new CellRefusedException($"#!import {file}: there is no such file in the notebook's folder.");
        if (!_importing.Add(path))
            throw new CellRefusedException($"#!import {file}: the file imports itself.");
        switch (Path.GetExtension(path))
        {
            case ".ipynb":
                var number = 0;
                foreach (var cell in Notebook.Load(path).CodeCells)
                    await Run(cell, $"{importer}, {file} cell {++number}");
                break;
            case ".cs" or ".csx":
                await _session.Run(await File.ReadAllTextAsync(path), $"{importer}, {file}");
                break;
            default:
                throw new CellRefusedException($"#!import {file}: the runner imports .ipynb, .cs and .csx files.");
        }

        _importing.Remove(path);
    }

    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(line => "    " + line));
}
