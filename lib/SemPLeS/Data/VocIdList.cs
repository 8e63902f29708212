namespace SemPLeS.Data;

/// <summary>The text files that name a split's photographs.</summary>
internal static class VocIdList
{
    /// <summary>Reads ImageSets/Segmentation/{split}.txt or {split}.txt: the first word of each line, which may be a path, is an id.</summary>
    /// <exception cref="FileNotFoundException">There is no such list; the message names those that there are.</exception>
    /// <exception cref="InvalidDataException">The list is empty, names a photograph twice or is no text; the message names it.</exception>
    public static IReadOnlyList<string> Read(string folder, string split)
    {
        var path = Find(folder, split) ?? throw Missing(Places(folder), split);
        var ids = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            var id = Path.GetFileNameWithoutExtension(words[0]);
            if (id.Length == 0 || id.Any(letter => char.IsControl(letter) || letter == '\uFFFD'))
                throw new InvalidDataException($"{path}, line {number}: this is no id of a photograph.");
            if (!known.Add(id))
                throw new InvalidDataException($"{path}, line {number}: {id} is listed twice.");
            ids.Add(id);
        }

        return ids.Count > 0 ? ids : throw new InvalidDataException($"{path} lists no photograph.");
    }

    /// <summary>The list's path; null where there is none.</summary>
    public static string? Find(string folder, string split) => Places(folder).Select(place => Path.Combine(place, split + ".txt")).FirstOrDefault(File.Exists);

    private static string[] Places(string folder) => [Path.Combine(folder, "ImageSets", "Segmentation"), folder];

    private static FileNotFoundException Missing(string[] places, string split)
    {
        var found = places.Where(Directory.Exists)
            .SelectMany(place => Directory.EnumerateFiles(place, "*.txt"))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Distinct()
            .Order(StringComparer.Ordinal);
        return new FileNotFoundException(
            $"There is no id list {split}.txt in {string.Join(" or ", places)}; the lists there are: {string.Join(", ", found.DefaultIfEmpty("none"))}.");
    }
}
