using System.CommandLine;
using SemPLeS.FigurePictures;

var files = new Argument<FileInfo[]>("files") { Description = "Executed notebooks (.ipynb) and pages (.html).", Arity = ArgumentArity.OneOrMore }.AcceptExistingOnly();
var chromium = new Option<string>("--chromium") { Description = "The browser's program.", DefaultValueFactory = _ => "chromium" };
var pngquant = new Option<string>("--pngquant") { Description = "The program that makes PNG files small.", DefaultValueFactory = _ => "pngquant" };
var command = new RootCommand("Draws every figure of executed notebooks with headless Chromium and writes the pictures into them, for hosts that run no scripts.") { files, chromium, pngquant };
command.SetAction(result =>
{
    var browser = new Browser(result.GetRequiredValue(chromium), Path.Combine(AppContext.BaseDirectory, "plotly-cartesian-2.26.2.min.js"));
    // A chart has few colours: with a palette its picture is a sixth of what the browser writes.
    byte[] Shrink(byte[] png) => ExternalProgram.Run(result.GetRequiredValue(pngquant), ["64", "--quality", "0-80", "--nofs", "--strip", "--speed", "1", "-"], png);
    foreach (var file in result.GetRequiredValue(files))
        Console.WriteLine($"{file.Name}: {StillPictures.Write(file.FullName, figures => [.. browser.Draw(figures).Select(Shrink)])} figures drawn");
});
return command.Parse(args).Invoke();
