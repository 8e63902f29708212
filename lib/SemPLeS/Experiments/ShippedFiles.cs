namespace SemPLeS.Experiments;

/// <summary>The files that come with the library: weights and results.</summary>
internal static class ShippedFiles
{
    /// <summary>Where a file of them lies: in a folder beside the library, which in a notebook is not the program's own folder.</summary>
    public static string PathOf(string folder, string file)
    {
        var library = Path.GetDirectoryName(typeof(ShippedFiles).Assembly.Location);
        return Path.Combine(string.IsNullOrEmpty(library) ? AppContext.BaseDirectory : library, folder, file);
    }
}
