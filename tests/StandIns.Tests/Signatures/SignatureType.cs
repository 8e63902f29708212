namespace SemPLeS.Tests.Signatures;

/// <summary>
/// The type of a parameter or result. Listings show a nullable annotation on the outermost reference type only, and only where the package was
/// compiled with annotations; so a name read from a listing keeps its question mark, and one made by reflection says apart what it is.
/// </summary>
/// <param name="Name">As C# writes it, namespaces left out: <c>torch.Tensor</c>, <c>int?</c>, <c>(long, long)[]</c>.</param>
/// <param name="IsReference">A reference type or an unconstrained type parameter (reflection only).</param>
/// <param name="MayBeNull">Annotated with a question mark that <paramref name="Name"/> does not show (reflection only).</param>
internal sealed record SignatureType(string Name, bool IsReference = false, bool MayBeNull = false)
{
    /// <summary>
    /// Whether code written against this type also compiles against <paramref name="listed"/>. What a package returns as possibly null must be so
    /// here too, or code would use it unchecked; what it accepts may be declared either way.
    /// </summary>
    public bool Matches(SignatureType listed, bool isOutput) =>
        Name == listed.Name || (IsReference && Name + "?" == listed.Name && (MayBeNull || !isOutput));

    public override string ToString() => MayBeNull ? Name + "?" : Name;
}
