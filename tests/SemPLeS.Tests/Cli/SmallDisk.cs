using System.Diagnostics;
using System.Globalization;

namespace SemPLeS.Tests.Cli;

/// <summary>A disk of its own, in memory, that can be full or read-only.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("disk");

    /// <summary>Mounts it.</summary>
    /// <param name="kilobytes">What it can hold.</param>
    /// <exception cref="InvalidOperationException">This system, or this user, can't.</exception>
    public SmallDisk(int kilobytes)
    {
        try
        {
            Execute("mount", "-t", "tmpfs", "-o", Size(kilobytes), "tmpfs", Path);
        }
        catch
        {
            _place.Delete();
            throw;
        }
    }

    public string Path => _place.FullName;

    public void Resize(int kilobytes) => Execute("mount", "-o", $"remount,rw,{Size(kilobytes)}", Path);

    public void MakeReadOnly() => Execute("mount", "-o", "remount,ro", Path);

    public void Dispose()
    {
        Execute("umount", "-l", Path);
        _place.Delete();
    }

    private static string Size(int kilobytes) => string.Create(CultureInfo.InvariantCulture, $"size={kilobytes}k");

    private static void Execute(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException(error);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException($"there is no {program}", exception);
        }
    }
}
