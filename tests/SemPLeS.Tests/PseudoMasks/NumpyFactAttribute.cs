using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace SemPLeS.Tests.PseudoMasks;

/// <summary>A test that asks numpy itself; skipped where no python3 has it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NumpyFactAttribute : FactAttribute
{
    private static readonly string? Python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(python => Run(python, "import numpy").Status == 0);

    public NumpyFactAttribute()
    {
        if (Python is null)
            Skip = "no python3 with numpy";
    }

    /// <summary>Runs a program; fails where it fails.</summary>
    public static string Output(string program)
    {
        var (status, output) = Run(Python!, program);
        Assert.True(status == 0, output);
        return output.Trim();
    }

    private static (int Status, string Output) Run(string python, string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", program]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (Win32Exception exception)
        {
            return (-1, exception.Message);
        }
    }
}
