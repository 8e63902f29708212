using System.Diagnostics.CodeAnalysis;
using System.Dynamic;
using System.Reflection;

namespace DynamicObj;

/// <summary>An object that takes any property; those that its class declares come first.</summary>
public class DynamicObj : DynamicObject
{
    private readonly Dictionary<string, object?> _properties = [];

    public override bool TrySetMember(SetMemberBinder binder, object? value)
    {
        _properties[binder.Name] = value;
        return true;
    }

    public override bool TryGetMember(GetMemberBinder binder, [NotNullWhen(true)] out object? result) => _properties.TryGetValue(binder.Name, out result);

    public override IEnumerable<string> GetDynamicMemberNames() =>
        GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => property.Name).Concat(_properties.Keys);
}
