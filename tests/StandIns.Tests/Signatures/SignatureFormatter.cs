using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace SemPLeS.Tests.Signatures;

/// <summary>Makes the lines of a listing from types, by reflection.</summary>
internal static class SignatureFormatter
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>Whether code outside the assembly can name the type.</summary>
    public static bool IsVisible(Type type) =>
        type.DeclaringType is { } outer
            ? IsVisible(outer) && (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem)
            : type.IsPublic;

    public static TypeSignature Format(Type type)
    {
        string name = TypeNames.Definition(type);
        string constraints = Constraints(OwnTypeParameters(type));
        if (IsDelegate(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return new TypeSignature("delegate " + Result(invoke), name, "(" + string.Join(", ", Parameters(invoke)) + ")", [], constraints);
        }

        if (type.IsEnum)
            return new TypeSignature("enum", name, "", [], "");
        string kind = type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        var supertypes = new List<string>();
        if (BaseName(type) is { } baseName)
            supertypes.Add(baseName);
        supertypes.AddRange(Interfaces(type));
        return new TypeSignature(kind, name, "", supertypes, constraints);
    }

    /// <summary>The base class as listings show it; null for object and for what has no base class of its own.</summary>
    public static string? BaseName(Type type) =>
        type.IsValueType || type.BaseType is null || type.BaseType == typeof(object) ? null : TypeNames.Use(type.BaseType);

    /// <summary>All interfaces that code outside the assembly can name, inherited ones included, in the order of their names.</summary>
    public static IEnumerable<string> Interfaces(Type type) =>
        type.GetInterfaces().Where(candidate => candidate.IsVisible).Select(TypeNames.Use).Order(StringComparer.Ordinal);

    /// <summary>Every public or protected member that <paramref name="type"/> itself declares.</summary>
    public static IEnumerable<(MemberInfo Member, MemberSignature Signature)> Members(Type type)
    {
        if (IsDelegate(type))
            return [];
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => ((MemberInfo)field, new MemberSignature("enum", "", null, TypeNames.Definition(type), field.Name, null, " = " + field.GetRawConstantValue())));
        }

        return type.GetMembers(Declared)
            .Where(member => !member.Name.Contains('<', StringComparison.Ordinal))
            .Select(member => (member, Format(member)))
            .Where(pair => pair.Item2 is not null)
            .Select(pair => (pair.member, pair.Item2!));
    }

    private static bool IsDelegate(Type type) => type.BaseType == typeof(MulticastDelegate);

    private static MemberSignature? Format(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } constructor when Access(constructor) is { } access =>
            Signature("ctor", constructor, access, null, "", Parameters(constructor), ""),
        MethodInfo method when Access(method) is { } access && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !IsFinalizer(method) =>
            Signature("meth", method, Join(access, Inheritance(method)), Result(method), GenericName(method), Parameters(method), Constraints(method.GetGenericArguments())),
        PropertyInfo property => Format(property),
        FieldInfo field when Access(field) is { } access => Format(field, access),
        EventInfo { AddMethod: { } add } @event when Access(add) is { } access =>
            Signature("event", @event, Join(access, Inheritance(add)), new SignatureType(TypeNames.Use(@event.EventHandlerType!)), @event.Name, null, ""),
        _ => null,
    };

    private static MemberSignature? Format(PropertyInfo property)
    {
        MethodInfo?[] accessors = [property.GetMethod, property.SetMethod];
        var visible = accessors.Where(accessor => accessor is not null && Access(accessor) is not null).Select(accessor => accessor!).ToList();
        if (visible.Count == 0)
            return null;
        string access = visible.Any(accessor => accessor.IsPublic) ? "public" : "protected";
        string ending = " { " + string.Concat(visible.Select(accessor =>
            (Access(accessor) == access ? "" : Access(accessor) + " ") + (accessor == property.GetMethod ? "get; " : "set; "))) + "}";
        var indices = property.GetIndexParameters();
        var nullability = new NullabilityInfoContext().Create(property);
        return Signature(
            "prop",
            property,
            Join(access, visible[0].DeclaringType!.IsInterface && visible[0].IsAbstract ? "abstract" : Inheritance(visible[0])),
            TypeOf(property.PropertyType, property.GetMethod is null ? nullability.WriteState : nullability.ReadState),
            indices.Length > 0 ? "this" : property.Name,
            indices.Length > 0 ? [.. indices.Select(index => Parameter(index, ""))] : null,
            ending);
    }

    private static MemberSignature Format(FieldInfo field, string access)
    {
        string modifiers = field.IsLiteral ? "const" : Join(field.IsStatic ? "static" : "", field.IsInitOnly ? "readonly" : "");
        string value = field.IsLiteral ? " = " + Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture) : "";
        var type = TypeOf(field.FieldType, new NullabilityInfoContext().Create(field).ReadState);
        return Signature("field", field, Join(access, modifiers), type, field.Name, null, value);
    }

    private static MemberSignature Signature(
        string kind, MemberInfo member, string modifiers, SignatureType? type, string name, IReadOnlyList<ParameterSignature>? parameters, string ending) =>
        new(kind, modifiers, type, TypeNames.Definition(member.DeclaringType!), name, parameters, ending);

    private static string? Access(MethodBase method) =>
        method.IsPublic ? "public" : method.IsFamily || method.IsFamilyOrAssembly ? "protected" : null;

    private static string? Access(FieldInfo field) =>
        field.IsPublic ? "public" : field.IsFamily || field.IsFamilyOrAssembly ? "protected" : null;

    // Methods of an interface are listed without "abstract", its properties with it. A method that only implements an interface is virtual in metadata.
    private static string Inheritance(MethodInfo method)
    {
        if (method.IsStatic)
            return "static";
        if (method.DeclaringType!.IsInterface || !method.IsVirtual)
            return "";
        if (method.IsAbstract)
            return "abstract";
        return method.GetBaseDefinition() != method ? "override" : method.IsFinal ? "" : "virtual";
    }

    private static bool IsFinalizer(MethodInfo method) => method is { Name: "Finalize", IsFamily: true } && method.GetParameters().Length == 0;

    private static string GenericName(MethodInfo method) =>
        method.IsGenericMethod ? $"{method.Name}<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : method.Name;

    private static SignatureType Result(MethodInfo method) =>
        TypeOf(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter).ReadState);

    private static SignatureType TypeOf(Type type, NullabilityState state)
    {
        var element = type.IsByRef ? type.GetElementType()! : type;
        return new SignatureType(TypeNames.Use(type), !element.IsValueType, !element.IsValueType && state == NullabilityState.Nullable && !element.IsGenericParameter);
    }

    private static List<ParameterSignature> Parameters(MethodBase method)
    {
        bool isExtension = method.IsDefined(typeof(ExtensionAttribute), inherit: false);
        return [.. method.GetParameters().Select(parameter => Parameter(parameter, isExtension && parameter.Position == 0 ? "this" : ""))];
    }

    private static ParameterSignature Parameter(ParameterInfo parameter, string modifier)
    {
        if (parameter.ParameterType.IsByRef)
            modifier = parameter.IsOut ? "out" : parameter.IsIn ? "in" : "ref";
        else if (parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false))
            modifier = "params";
        var nullability = new NullabilityInfoContext().Create(parameter);
        var type = TypeOf(parameter.ParameterType, parameter.IsOut ? nullability.ReadState : nullability.WriteState);
        return new ParameterSignature(modifier, type, parameter.Name!, parameter.HasDefaultValue ? DefaultValue(parameter) : null);
    }

    private static string DefaultValue(ParameterInfo parameter)
    {
        object? value = parameter.RawDefaultValue;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return value switch
        {
            null => parameter.ParameterType.IsValueType && type == parameter.ParameterType ? "default" : "null",
            bool truth => truth ? "true" : "false",
            string text => $"\"{text}\"",
            char character => $"'{character}'",
            _ when type.IsEnum && Enum.GetName(type, value) is { } name => $"{TypeNames.Use(type)}.{name}",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static Type[] OwnTypeParameters(Type type) =>
        type.GetGenericArguments()[(type.DeclaringType?.GetGenericArguments().Length ?? 0)..];

    private static string Constraints(IEnumerable<Type> typeParameters)
    {
        string text = "";
        foreach (var parameter in typeParameters.Where(argument => argument.IsGenericParameter))
        {
            var attributes = parameter.GenericParameterAttributes;
            bool isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
            var parts = new List<string>();
            if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
                parts.Add("class");
            if (isStruct)
                parts.Add(parameter.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "IsUnmanagedAttribute") ? "unmanaged" : "struct");
            parts.AddRange(parameter.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)).Select(TypeNames.Use));
            if (!isStruct && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
                parts.Add("new()");
            if (parts.Count > 0)
                text += $" where {parameter.Name} : {string.Join(", ", parts)}";
        }

        return text;
    }

    private static string Join(string first, string second) => first.Length == 0 ? second : second.Length == 0 ? first : first + " " + second;
}
