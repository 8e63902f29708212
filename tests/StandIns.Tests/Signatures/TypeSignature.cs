using System.Text.RegularExpressions;

namespace SemPLeS.Tests.Signatures;

/// <summary>
/// A type's own line in a listing:
/// <c>type class TorchSharp.Modules.ModuleList&lt;T&gt; : torch.nn.Module, IList&lt;T&gt; where T : torch.nn.Module</c>.
/// </summary>
/// <param name="Kind"><c>sealed class</c>, <c>static class</c>, <c>abstract class</c>, <c>class</c>, <c>struct</c>, <c>interface</c>, <c>enum</c>, or for
/// a delegate <c>delegate</c> and its result.</param>
/// <param name="Name">Namespace and name with type parameters.</param>
/// <param name="Parameters">A delegate's parameter list with its parentheses, else empty.</param>
/// <param name="Supertypes">Base class (unless object) and all interfaces, namespaces left out.</param>
/// <param name="Constraints">Of its type parameters, with the space before; empty where there are none.</param>
internal sealed partial record TypeSignature(string Kind, string Name, string Parameters, IReadOnlyList<string> Supertypes, string Constraints)
{
    /// <param name="line">A line of a listing without the mark of obsolete types.</param>
    /// <exception cref="FormatException"><paramref name="line"/> is not the line of a type.</exception>
    public static TypeSignature Parse(string line)
    {
        var match = Line().Match(line);
        if (!match.Success)
            throw new FormatException($"'{line}' is not the line of a type.");
        string kind = match.Groups["kind"].Value, rest = match.Groups["rest"].Value;
        if (kind == "delegate")
        {
            int space = SignatureText.IndexOfTopLevel(rest, " ");
            kind += " " + rest[..space];
            rest = rest[(space + 1)..];
        }

        string constraints = "";
        int where = SignatureText.IndexOfTopLevel(rest, " where ");
        if (where >= 0)
            (rest, constraints) = (rest[..where], rest[where..]);

        int parenthesis = SignatureText.IndexOfTopLevel(rest, "(");
        if (parenthesis >= 0)
            return new TypeSignature(kind, rest[..parenthesis], rest[parenthesis..], [], constraints);
        int colon = SignatureText.IndexOfTopLevel(rest, " : ");
        return colon < 0
            ? new TypeSignature(kind, rest, "", [], constraints)
            : new TypeSignature(kind, rest[..colon], "", SignatureText.SplitAtCommas(rest[(colon + 3)..]), constraints);
    }

    public override string ToString() =>
        $"type {Kind} {Name}{Parameters}" + (Supertypes.Count > 0 ? " : " + string.Join(", ", Supertypes) : "") + Constraints;

    [GeneratedRegex("^type (?<kind>((sealed|static|abstract) )?class|struct|interface|enum|delegate) (?<rest>.+)$", RegexOptions.Singleline)]
    private static partial Regex Line();
}
