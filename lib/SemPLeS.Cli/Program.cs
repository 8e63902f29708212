using SemPLeS.Cli;

using var interruption = new Interruption();
return SemplesConsole.Invoke(args, Terminal.OfProcess(interruption.Token));
