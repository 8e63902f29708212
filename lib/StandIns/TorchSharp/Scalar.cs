namespace TorchSharp;

public sealed class Scalar : IDisposable
{
    private Scalar(torch.ScalarType type, long integer = 0, double number = 0)
    {
        Type = type;
        Integer = integer;
        Number = number;
    }

    public torch.ScalarType Type { get; }

    internal long Integer { get; }

    internal double Number { get; }

    internal bool IsFloating => Type is torch.ScalarType.Float32 or torch.ScalarType.Float64;

    internal double AsDouble => IsFloating ? Number : Integer;

    internal long AsInt64 => IsFloating ? (long)Number : Integer;

    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, value ? 1 : 0);

    public static implicit operator Scalar(byte value) => new(torch.ScalarType.Byte, value);

    public static implicit operator Scalar(int value) => new(torch.ScalarType.Int32, value);

    public static implicit operator Scalar(long value) => new(torch.ScalarType.Int64, value);

    public static implicit operator Scalar(float value) => new(torch.ScalarType.Float32, number: value);

    public static implicit operator Scalar(double value) => new(torch.ScalarType.Float64, number: value);

    internal static Scalar Of(Native.Value value) => value.Tag switch
    {
        Native.Tag.Double => value.Number,
        Native.Tag.Bool => value.Integer != 0,
        _ => value.Integer,
    };

    public void Dispose()
    {
    }
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static float ToSingle(this Scalar value) => (float)value.AsDouble;

    public static double ToDouble(this Scalar value) => value.AsDouble;

    public static long ToInt64(this Scalar value) => value.AsInt64;

    public static int ToInt32(this Scalar value) => (int)value.AsInt64;

    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
}
