namespace SemPLeS.Tests.Signatures;

/// <summary>A type of a listing with its members.</summary>
internal sealed record ListedType(TypeSignature Type, IReadOnlyList<MemberSignature> Members);
