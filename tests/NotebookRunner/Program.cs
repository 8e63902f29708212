using NotebookRunner;

return await RunnerConsole.Invoke(args);
