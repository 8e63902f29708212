using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace SemPLeS.Tests.Weights;

/// <summary>A test that asks PyTorch itself (Debian's python3-torch); skipped where no python3 has it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonTorchFactAttribute : FactAttribute
{
    private static readonly string? Python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(python => Run(python, "-c", "import torch") == 0);

    public PythonTorchFactAttribute()
    {
        if (Python is null)
            Skip = "no python3 with torch";
    }

    /// <summary>Makes the fixtures anew.</summary>
    public static void Make(string folder) => Assert.Equal(0, Run(Python!, TorchFixtures.Path("make.py"), folder));

    private static int Run(string python, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            errors.Wait();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return -1;
        }
    }
}
