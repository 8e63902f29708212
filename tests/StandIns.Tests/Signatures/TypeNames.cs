namespace SemPLeS.Tests.Signatures;

/// <summary>Names of types as listings write them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>A use of a type: no namespace, keywords, tuples without element names, <c>?</c> for nullable values only.</summary>
    public static string Use(Type type)
    {
        if (type.IsByRef)
            return Use(type.GetElementType()!);
        if (type.IsPointer)
            return Use(type.GetElementType()!) + "*";
        if (type.IsArray)
            return Array(type);
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Use(value) + "?";
        if (type is { IsGenericType: true, Namespace: "System" } && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal))
            return "(" + string.Join(", ", TupleElements(type).Select(Use)) + ")";
        return WithArguments(type, Use);
    }

    /// <summary>The definition of a type: namespace, enclosing types and its type parameters.</summary>
    public static string Definition(Type type) =>
        (string.IsNullOrEmpty(type.Namespace) ? "" : type.Namespace + ".") + WithArguments(type, argument => argument.Name);

    // C# writes an array's ranks from the outermost inwards: int[][,] is an array of matrices.
    private static string Array(Type type)
    {
        string ranks = "";
        for (; type.IsArray; type = type.GetElementType()!)
            ranks += "[" + new string(',', type.GetArrayRank() - 1) + "]";
        return Use(type) + ranks;
    }

    private static IEnumerable<Type> TupleElements(Type type)
    {
        var arguments = type.GetGenericArguments();
        return arguments.Length < 8 ? arguments : arguments.Take(7).Concat(TupleElements(arguments[7]));
    }

    // A nested type has the enclosing types' arguments before its own.
    private static string WithArguments(Type type, Func<Type, string> format)
    {
        var enclosing = new Stack<Type>();
        for (var outer = type; outer is not null; outer = outer.DeclaringType)
            enclosing.Push(outer);
        var arguments = type.GetGenericArguments();
        int used = 0;
        var names = new List<string>();
        foreach (var part in enclosing)
        {
            int count = part.GetGenericArguments().Length;
            string name = part.Name.Split('`')[0];
            names.Add(count > used ? $"{name}<{string.Join(", ", arguments[used..count].Select(format))}>" : name);
            used = count;
        }

        return string.Join('.', names);
    }
}
