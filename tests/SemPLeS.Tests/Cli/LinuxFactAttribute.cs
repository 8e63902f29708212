using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>A test of what only Linux can do to a process.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/prlimit"))
            Skip = "no prlimit, a program of Linux";
    }
}
