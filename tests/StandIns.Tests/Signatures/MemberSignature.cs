namespace SemPLeS.Tests.Signatures;

/// <summary>
/// One line of a type in a listing, taken apart:
/// <c>meth  public static T TorchSharp.ModuleExtensionMethods.cpu&lt;T&gt;(this T module, bool non_blocking = false) where T : torch.nn.Module</c>.
/// </summary>
/// <param name="Kind"><c>ctor</c>, <c>meth</c>, <c>prop</c>, <c>field</c>, <c>event</c> or <c>enum</c>.</param>
/// <param name="Modifiers">Accessibility and the like, in C#'s order, separated by spaces.</param>
/// <param name="Type">Result, or the type of a property, field or event; null for constructors and values of an enumeration.</param>
/// <param name="DeclaringType">Namespace and name of the type that has the member.</param>
/// <param name="Name">The member's own name with its type parameters; <c>this</c> for an indexer, empty for a constructor.</param>
/// <param name="Parameters">Null for members without parameter list.</param>
/// <param name="Ending">What follows: constraints, accessors or the constant's value, with the space before it.</param>
internal sealed record MemberSignature(
    string Kind, string Modifiers, SignatureType? Type, string DeclaringType, string Name, IReadOnlyList<ParameterSignature>? Parameters, string Ending)
{
    private static readonly string[] ModifierWords = ["public", "protected", "static", "abstract", "virtual", "override", "const", "readonly"];

    /// <param name="line">A line of a listing without the mark of obsolete members.</param>
    /// <param name="declaringType">Namespace and name of the type that it stands under.</param>
    /// <exception cref="FormatException"><paramref name="line"/> is not a member of <paramref name="declaringType"/>.</exception>
    public static MemberSignature Parse(string line, string declaringType)
    {
        string[] words = line.TrimStart().Split(' ', 2);
        string kind = words[0], rest = words.Length > 1 ? words[1].TrimStart() : "";

        var modifiers = new List<string>();
        while (Array.Find(ModifierWords, word => rest.StartsWith(word + " ", StringComparison.Ordinal)) is { } modifier)
        {
            modifiers.Add(modifier);
            rest = rest[(modifier.Length + 1)..];
        }

        SignatureType? type = null;
        if (kind is not ("ctor" or "enum"))
        {
            int space = SignatureText.IndexOfTopLevel(rest, " ");
            if (space < 0)
                throw new FormatException($"'{line}' has no type or no name.");
            type = new SignatureType(rest[..space]);
            rest = rest[(space + 1)..];
        }

        string ownName = declaringType + (kind == "ctor" ? "" : ".");
        if (!rest.StartsWith(ownName, StringComparison.Ordinal))
            throw new FormatException($"'{line}' is not a member of {declaringType}.");
        rest = rest[ownName.Length..];

        char opening = kind is "ctor" or "meth" ? '(' : '[';
        int list = kind is "field" or "event" or "enum" ? -1 : SignatureText.IndexOfTopLevel(rest, opening.ToString());
        int afterName = list >= 0 ? list : rest.IndexOf(' ', StringComparison.Ordinal) is var end and >= 0 ? end : rest.Length;
        string name = rest[..afterName];
        IReadOnlyList<ParameterSignature>? parameters = null;
        if (list >= 0)
        {
            char closing = opening == '(' ? ')' : ']';
            int close = ClosingBracket(rest, list, closing);
            parameters = [.. SignatureText.SplitAtCommas(rest[(list + 1)..close]).Select(ParameterSignature.Parse)];
            afterName = close + 1;
        }

        return new MemberSignature(kind, string.Join(' ', modifiers), type, declaringType, name, parameters, rest[afterName..]);
    }

    /// <summary>
    /// Whether code that uses this member also compiles with <paramref name="listed"/>: the same signature, but for trailing optional parameters and
    /// setters, which may be missing here.
    /// </summary>
    public bool Matches(MemberSignature listed) =>
        Kind == listed.Kind && Modifiers == listed.Modifiers && DeclaringType == listed.DeclaringType && Name == listed.Name
        && (Type is null ? listed.Type is null : listed.Type is not null && Type.Matches(listed.Type, isOutput: true))
        && ParametersMatch(listed.Parameters)
        && (Ending == listed.Ending || (Kind == "prop" && Ending == " { get; }" && listed.Ending.StartsWith(" { get; ", StringComparison.Ordinal)));

    public override string ToString()
    {
        string parameters = Parameters is null ? "" : string.Join(", ", Parameters);
        if (Parameters is not null)
            parameters = Kind == "prop" ? $"[{parameters}]" : $"({parameters})";
        return $"{Kind,-5} " + (Modifiers.Length > 0 ? Modifiers + " " : "") + (Type is null ? "" : Type + " ")
            + DeclaringType + (Kind == "ctor" ? "" : ".") + Name + parameters + Ending;
    }

    private bool ParametersMatch(IReadOnlyList<ParameterSignature>? listed)
    {
        if (Parameters is null || listed is null)
            return Parameters is null && listed is null;
        return Parameters.Count <= listed.Count
            && Parameters.Zip(listed, (own, other) => own.Matches(other)).All(matches => matches)
            && listed.Skip(Parameters.Count).All(parameter => parameter.Default is not null);
    }

    private static int ClosingBracket(string text, int opening, char closing)
    {
        int end = SignatureText.IndexOfTopLevel(text, closing.ToString(), opening + 1);
        return end >= 0 ? end : throw new FormatException($"'{text}' lacks a {closing}.");
    }
}
