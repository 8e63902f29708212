using System.Text.RegularExpressions;

namespace SemPLeS.Tests.Signatures;

/// <summary>The public and protected signatures of a package, as a file lists them: a line for each type, and indented below it one for each member.</summary>
internal sealed partial class Listing
{
    private const string ObsoleteMark = "  [Obsolete]";

    private readonly Dictionary<string, ListedType> _types = new(StringComparer.Ordinal);

    // Supertypes are written without namespaces: name without namespace, and number of type parameters.
    private readonly Dictionary<(string Name, int Arity), ListedType> _byShortName = [];

    private Listing()
    {
    }

    /// <summary>All types, by namespace and name.</summary>
    public IReadOnlyDictionary<string, ListedType> Types => _types;

    /// <exception cref="InvalidDataException">A line is neither a type nor a member; the message names <paramref name="path"/>.</exception>
    public static Listing Read(string path)
    {
        try
        {
            return Parse(File.ReadAllLines(path));
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <exception cref="FormatException">A line is neither a type nor a member.</exception>
    public static Listing Parse(IEnumerable<string> lines)
    {
        var listing = new Listing();
        TypeSignature? type = null;
        var members = new List<MemberSignature>();
        foreach (string line in JoinContinuations(lines))
        {
            string text = line.EndsWith(ObsoleteMark, StringComparison.Ordinal) ? line[..^ObsoleteMark.Length] : line;
            if (TypeLine().IsMatch(text))
            {
                listing.Add(type, members);
                type = TypeSignature.Parse(text);
                members.Clear();
            }
            else
            {
                members.Add(MemberSignature.Parse(text, type?.Name ?? throw new FormatException($"'{text}' stands before the first type.")));
            }
        }

        listing.Add(type, members);
        listing.IndexShortNames();
        return listing;
    }

    /// <summary>
    /// The listed supertypes of <paramref name="type"/>, direct and indirect, with its own type arguments put in place of their type parameters. Types of
    /// other packages end the search.
    /// </summary>
    public IEnumerable<ListedType> Ancestors(ListedType type)
    {
        foreach (string supertype in type.Type.Supertypes)
        {
            var (name, arguments) = SplitArguments(supertype);
            if (!_byShortName.TryGetValue((name, arguments.Count), out var ancestor))
                continue;
            var (_, parameters) = SplitArguments(ancestor.Type.Name);
            var instance = Substitute(ancestor, parameters.Zip(arguments).ToDictionary(pair => pair.First, pair => pair.Second));
            yield return instance;
            foreach (var further in Ancestors(instance))
                yield return further;
        }
    }

    private static (string Name, IReadOnlyList<string> Arguments) SplitArguments(string name)
    {
        int open = name.IndexOf('<', StringComparison.Ordinal);
        return open < 0 || !name.EndsWith('>') ? (name, []) : (name[..open], SignatureText.SplitAtCommas(name[(open + 1)..^1]));
    }

    private static ListedType Substitute(ListedType type, Dictionary<string, string> arguments)
    {
        if (arguments.Count == 0)
            return type;
        string Put(string text) => Word().Replace(text, match => arguments.GetValueOrDefault(match.Value, match.Value));
        var line = type.Type with { Name = Put(type.Type.Name), Supertypes = [.. type.Type.Supertypes.Select(Put)] };
        var members = type.Members.Select(member => member with
        {
            DeclaringType = line.Name,
            Type = member.Type is null ? null : new SignatureType(Put(member.Type.Name)),
            Parameters = member.Parameters?.Select(parameter => parameter with { Type = new SignatureType(Put(parameter.Type.Name)) }).ToList(),
        });
        return new ListedType(line, [.. members]);
    }

    // A default value may hold line breaks.
    private static IEnumerable<string> JoinContinuations(IEnumerable<string> lines)
    {
        string? entry = null;
        foreach (string line in lines)
        {
            if (line.StartsWith("# ", StringComparison.Ordinal) && entry is null)
                continue;
            if (!TypeLine().IsMatch(line) && !MemberLine().IsMatch(line))
            {
                entry = entry is null ? throw new FormatException($"'{line}' is neither a type nor a member.") : entry + "\n" + line;
                continue;
            }

            if (entry is not null)
                yield return entry;
            entry = line;
        }

        if (entry is not null)
            yield return entry;
    }

    private void Add(TypeSignature? type, List<MemberSignature> members)
    {
        if (type is not null)
            _types[type.Name] = new ListedType(type, [.. members]);
    }

    private void IndexShortNames()
    {
        var names = _types.Keys.Select(name => SplitArguments(name).Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (fullName, type) in _types)
        {
            var (name, parameters) = SplitArguments(fullName);
            // The first part that names a type ends the namespace.
            int start = 0, end;
            while ((end = name.IndexOf('.', start)) >= 0 && !names.Contains(name[..end]))
                start = end + 1;
            _byShortName.TryAdd((name[start..], parameters.Count), type);
        }
    }

    [GeneratedRegex("^type (static |sealed |abstract )?(class|struct|interface|enum|delegate) ")]
    private static partial Regex TypeLine();

    [GeneratedRegex("^  ((ctor|meth|prop)  |field |event )(public|protected) |^  enum  ")]
    private static partial Regex MemberLine();

    [GeneratedRegex(@"(?<![\w.])\w+(?![\w.])")]
    private static partial Regex Word();
}
