using SemPLeS.Cli;
using Xunit;

namespace SemPLeS.Tests.Cli;

public sealed class HelpTests
{
    [Fact]
    public void The_console_lists_its_commands()
    {
        var run = ConsoleRun.Of("--help");

        Assert.Equal(SemplesConsole.Done, run.Status);
        Assert.All(["run", "train", "seeds", "masks", "retrain", "label", "evaluate", "archive", "table", "sweep", "store", "weights", "mini"], command => Assert.Contains($"\n  {command} ", run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("train")]
    [InlineData("seeds")]
    [InlineData("masks")]
    [InlineData("retrain")]
    [InlineData("label")]
    [InlineData("evaluate")]
    [InlineData("archive")]
    [InlineData("table")]
    [InlineData("sweep")]
    [InlineData("weights convert")]
    [InlineData("mini pretrain-generator")]
    public void Every_option_is_described(string command)
    {
        var run = ConsoleRun.Of([.. command.Split(' '), "--help"]);

        var options = run.Output.Split('\n').Where(line => line.StartsWith("  --", StringComparison.Ordinal)).ToArray();
        Assert.Equal(SemplesConsole.Done, run.Status);
        Assert.True(options.Length > 2, run.Output);
        Assert.All(options, line => Assert.Matches("^  --[a-z0-9-]+( <[A-Z]+>)?( \\(REQUIRED\\))?  +\\S", line));
    }
}
