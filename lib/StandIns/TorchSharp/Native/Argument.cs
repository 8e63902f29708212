namespace TorchSharp.Native;

/// <summary>An argument of an operator as C# has it; lists and strings stay managed until the call.</summary>
internal readonly struct Argument
{
    private Argument(Tag tag, object? reference = null, long integer = 0, double number = 0)
    {
        Tag = tag;
        Reference = reference;
        Integer = integer;
        Number = number;
    }

    public Tag Tag { get; }

    public object? Reference { get; }

    public long Integer { get; }

    public double Number { get; }

    public static Argument None => default;

    public static implicit operator Argument(torch.Tensor? value) => value is null ? default : new(Tag.Tensor, value);

    public static implicit operator Argument(long value) => new(Tag.Integer, integer: value);

    public static implicit operator Argument(long? value) => value is { } given ? given : default(Argument);

    public static implicit operator Argument(double value) => new(Tag.Double, number: value);

    public static implicit operator Argument(double? value) => value is { } given ? given : default(Argument);

    public static implicit operator Argument(bool value) => new(Tag.Bool, integer: value ? 1 : 0);

    public static implicit operator Argument(string? value) => value is null ? default : new(Tag.String, value);

    public static implicit operator Argument(long[]? value) => value is null ? default : new(Tag.Integers, value);

    public static implicit operator Argument(double[]? value) => value is null ? default : new(Tag.Doubles, value);

    public static implicit operator Argument(torch.Tensor?[] value) => new(Tag.Tensors, value);

    public static implicit operator Argument(torch.ScalarType value) => new(Tag.Integer, integer: (long)value);

    public static implicit operator Argument(torch.ScalarType? value) => value is { } given ? given : default(Argument);

    public static implicit operator Argument(torch.Device? value) => value is null ? default : new(Tag.Device, integer: (long)value.type, number: value.index);

    public static implicit operator Argument(torch.Generator? value) => value is null ? default : new(Tag.Generator, value);

    public static implicit operator Argument(Scalar? value) =>
        value is null ? default : value.IsFloating ? new(Tag.Double, number: value.Number) : new(Tag.Integer, integer: value.Integer);
}
