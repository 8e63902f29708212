using System.IO.Compression;

namespace NotebookRunner.Pages;

/// <summary>Text files inside this assembly.</summary>
internal static class Resource
{
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Resource).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>The same of a file that was compressed by gzip.</summary>
    public static string ReadPacked(string name)
    {
        using var reader = new StreamReader(new GZipStream(typeof(Resource).Assembly.GetManifestResourceStream(name)!, CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
