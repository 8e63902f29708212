using System.ComponentModel;
using System.Diagnostics;

namespace SemPLeS.FigurePictures;

/// <summary>A program of the system: bytes in, bytes out.</summary>
internal static class ExternalProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its name, or its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It is not there, failed, or did not end in three minutes; the message has what it said.</exception>
    public static byte[] Run(string program, IEnumerable<string> arguments, byte[] input)
    {
        using var process = Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} did not end within {Patience.TotalMinutes:0} minutes.");
        }

        reading.Wait();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.Result}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"{start.FileName} can't be started: {exception.Message}. Debian's packages chromium and pngquant have what this command calls.", exception);
        }
    }
}
