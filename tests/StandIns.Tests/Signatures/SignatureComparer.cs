using System.Reflection;

namespace SemPLeS.Tests.Signatures;

/// <summary>
/// Finds what a stand-in offers and a package does not. A stand-in may have fewer types, members, interfaces, setters and trailing optional parameters,
/// may lack a class in the middle of an inheritance chain and declare its members below, and may override what it inherits; nothing may differ.
/// </summary>
internal static class SignatureComparer
{
    private const int MostCandidates = 4;

    public static IReadOnlyList<SignatureDifference> Compare(IEnumerable<Type> types, Listing listing) =>
        [.. types.Where(SignatureFormatter.IsVisible).SelectMany(type => Compare(type, listing))];

    private static IEnumerable<SignatureDifference> Compare(Type type, Listing listing)
    {
        var own = SignatureFormatter.Format(type);
        if (!listing.Types.TryGetValue(own.Name, out var listed))
        {
            yield return new SignatureDifference(own.ToString(), "The package has no type of this name.", Nearest(own.Name, listing.Types.Keys));
            yield break;
        }

        var ancestors = listing.Ancestors(listed).ToList();
        foreach (string reason in TypeReasons(type, own, listed, ancestors))
            yield return new SignatureDifference(own.ToString(), reason, [listed.Type.ToString()]);

        foreach (var (member, signature) in SignatureFormatter.Members(type))
        {
            if (!IsListed(signature, listed, ancestors) && !OnlyOverrides(member, signature))
                yield return new SignatureDifference(signature.ToString(), "The package has no such member.", Nearest(signature, listed, ancestors));
        }
    }

    private static IEnumerable<string> TypeReasons(Type type, TypeSignature own, ListedType listed, List<ListedType> ancestors)
    {
        if (own.Kind != listed.Type.Kind)
            yield return $"It is a {own.Kind}; the package's is a {listed.Type.Kind}.";
        if (own.Parameters != listed.Type.Parameters)
            yield return "The delegate's parameters differ.";
        if (own.Constraints != listed.Type.Constraints)
            yield return "The constraints on its type parameters differ.";
        var supertypes = ancestors.SelectMany(ancestor => ancestor.Type.Supertypes).Concat(listed.Type.Supertypes).ToHashSet(StringComparer.Ordinal);
        foreach (string supertype in own.Supertypes.Where(name => !supertypes.Contains(name)))
            yield return $"The package's is no {supertype}.";
    }

    private static bool IsListed(MemberSignature member, ListedType listed, List<ListedType> ancestors) =>
        listed.Members.Any(member.Matches)
        || (member.Kind != "ctor" && ancestors.Any(ancestor => ancestor.Members.Any((member with { DeclaringType = ancestor.Type.Name }).Matches)));

    // An override adds nothing that a caller could see, as long as its parameters keep the names and default values of the method it overrides,
    // which is compared where it is declared.
    private static bool OnlyOverrides(MemberInfo member, MemberSignature signature)
    {
        var method = member as MethodInfo ?? (member as PropertyInfo)?.GetMethod;
        if (method?.GetBaseDefinition() is not { } definition || definition == method)
            return false;
        return method.GetParameters().Zip(definition.GetParameters(), (own, other) => own.Name == other.Name && Equals(own.RawDefaultValue, other.RawDefaultValue)).All(same => same)
            && signature.Modifiers.EndsWith(" override", StringComparison.Ordinal);
    }

    private static List<string> Nearest(MemberSignature member, ListedType listed, List<ListedType> ancestors)
    {
        var all = ancestors.Prepend(listed).SelectMany(type => type.Members).Distinct().ToList();
        string name = PlainName(member);
        var sameName = all.Where(candidate => PlainName(candidate) == name).ToList();
        if (sameName.Count > 0)
        {
            return [.. sameName.OrderBy(candidate => Distance(candidate.ToString(), member.ToString())).Take(MostCandidates).Select(candidate => candidate.ToString())];
        }

        var similar = Nearest(name, all.Select(PlainName).Distinct()).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(candidate => similar.Contains(PlainName(candidate))).Take(MostCandidates).Select(candidate => candidate.ToString())];
    }

    private static List<string> Nearest(string name, IEnumerable<string> candidates) =>
        [.. candidates.Select(candidate => (candidate, Distance: Distance(candidate, name)))
            .Where(pair => pair.Distance <= Math.Max(2, name.Length / 4))
            .OrderBy(pair => pair.Distance)
            .Take(MostCandidates)
            .Select(pair => pair.candidate)];

    private static string PlainName(MemberSignature member) => member.Kind == "ctor" ? "ctor" : member.Name.Split('<')[0];

    // Levenshtein's distance, upper and lower case alike.
    private static int Distance(string first, string second)
    {
        int[] row = [.. Enumerable.Range(0, second.Length + 1)];
        for (int i = 1; i <= first.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                int substitution = diagonal + (char.ToUpperInvariant(first[i - 1]) == char.ToUpperInvariant(second[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
