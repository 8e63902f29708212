namespace SemPLeS.Experiments;

/// <summary>The weights that come with the library.</summary>
internal static class ShippedWeights
{
    /// <summary>Where a file of them lies: in the folder weights beside the library, which in a notebook is not the program's own folder.</summary>
    public static string PathOf(string file)
    {
        var library = Path.GetDirectoryName(typeof(ShippedWeights).Assembly.Location);
        return Path.Combine(string.IsNullOrEmpty(library) ? AppContext.BaseDirectory : library, "weights", file);
    }
}
