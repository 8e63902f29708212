using System.IO.Compression;

namespace SemPLeS.Tests;

/// <summary>Where tests find their files.</summary>
internal static class TestFolders
{
    /// <summary>The folder that holds SemPLeS.sln.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Reference figures: the folder SEMPLES_GOLDENS when it is set, else those committed with the tests.</summary>
    public static string Goldens { get; } =
        Environment.GetEnvironmentVariable("SEMPLES_GOLDENS") is { Length: > 0 } folder ? folder : UnpackGoldens();

    /// <summary>Pictures, weights and API listings that are not part of the repository; null where they are not beside it.</summary>
    public static string? Shared { get; } = FindShared();

    /// <summary>Every file of the goldens whose name begins with <paramref name="name"/> followed by '.', '_' or '-'.</summary>
    public static IEnumerable<string> GoldenFiles(string name, string extension = ".safetensors") =>
        Directory.EnumerateFiles(Goldens, name + "*" + extension)
            .Where(path => Path.GetFileName(path)[name.Length] is '.' or '_' or '-')
            .Order(StringComparer.Ordinal);

    /// <summary>The committed figures, of which most are compressed, as files of their own beside the tests.</summary>
    private static string UnpackGoldens()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "goldens")).FullName;
        foreach (var source in Directory.EnumerateFiles(Path.Combine(Repository, "tests", "goldens")))
        {
            var isPacked = source.EndsWith(".gz", StringComparison.Ordinal);
            var target = Path.Combine(folder, isPacked ? Path.GetFileNameWithoutExtension(source) : Path.GetFileName(source));
            if (File.GetLastWriteTimeUtc(target) > File.GetLastWriteTimeUtc(source))
                continue;
            var partial = $"{target}.{Environment.ProcessId}";
            using (var input = isPacked ? (Stream)new GZipStream(File.OpenRead(source), CompressionMode.Decompress) : File.OpenRead(source))
            using (var output = File.Create(partial))
                input.CopyTo(output);
            File.Move(partial, target, overwrite: true);
        }

        return folder;
    }

    private static string FindRepository()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "SemPLeS.sln")))
                return folder;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds SemPLeS.sln.");
    }

    private static string? FindShared()
    {
        var folder = Environment.GetEnvironmentVariable("SEMPLES_SHARED") is { Length: > 0 } set
            ? set
            : Path.Combine(Path.GetDirectoryName(Repository)!, "shared");
        return Directory.Exists(folder) ? folder : null;
    }
}
