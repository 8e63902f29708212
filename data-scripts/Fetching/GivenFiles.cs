namespace SemPLeS.Fetching;

/// <summary>Files that a person fetched.</summary>
internal static class GivenFiles
{
    /// <summary>Finds which file of the plan each is.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="arguments">PATH or NAME=PATH.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The plan has no file of that name, or it is given twice.</exception>
    public static Dictionary<PublishedFile, string> Match(FetchPlan plan, IReadOnlyList<string> arguments)
    {
        var found = new Dictionary<PublishedFile, string>();
        foreach (var argument in arguments)
        {
            var named = plan.Files.FirstOrDefault(file => argument.StartsWith(file.Name + "=", StringComparison.Ordinal));
            var path = Path.GetFullPath(named is null ? argument : argument[(named.Name.Length + 1)..]);
            if (!File.Exists(path))
                throw new FileNotFoundException($"There is no file {path}.", path);
            var file = named ?? plan.Files.FirstOrDefault(file => file.Name == Path.GetFileName(path))
                ?? throw new ArgumentException($"{argument} is none of {string.Join(", ", plan.Files.Select(file => file.Name))}; where it has another name, say NAME={argument}.", nameof(arguments));
            if (!found.TryAdd(file, path))
                throw new ArgumentException($"{file.Name} is given twice.", nameof(arguments));
        }

        return found;
    }
}
