namespace SemPLeS.Tests.Signatures;

/// <summary>One parameter: <c>this Image source</c>, <c>out torch.Tensor? result</c>, <c>double eps = 1E-05</c>.</summary>
/// <param name="Modifier"><c>this</c>, <c>params</c>, <c>out</c>, <c>ref</c>, <c>in</c> or nothing.</param>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name: named arguments make it part of the signature.</param>
/// <param name="Default">The default value's text; null for a mandatory parameter.</param>
internal sealed record ParameterSignature(string Modifier, SignatureType Type, string Name, string? Default)
{
    private static readonly string[] Modifiers = ["this", "params", "out", "ref", "in"];

    /// <exception cref="FormatException"><paramref name="text"/> is not "type name".</exception>
    public static ParameterSignature Parse(string text)
    {
        int equals = SignatureText.IndexOfTopLevel(text, " = ");
        string declaration = equals < 0 ? text : text[..equals];
        string modifier = Array.Find(Modifiers, word => declaration.StartsWith(word + " ", StringComparison.Ordinal)) ?? "";
        if (modifier.Length > 0)
            declaration = declaration[(modifier.Length + 1)..];
        int space = SignatureText.IndexOfTopLevel(declaration, " ");
        if (space < 0)
            throw new FormatException($"'{text}' is not a parameter.");
        return new ParameterSignature(modifier, new SignatureType(declaration[..space]), declaration[(space + 1)..], equals < 0 ? null : text[(equals + 3)..]);
    }

    public bool Matches(ParameterSignature listed) =>
        Modifier == listed.Modifier && Name == listed.Name && Default == listed.Default && Type.Matches(listed.Type, isOutput: Modifier is "out" or "ref");

    public override string ToString() =>
        (Modifier.Length > 0 ? Modifier + " " : "") + $"{Type} {Name}" + (Default is null ? "" : " = " + Default);
}
