namespace SixLabors.ImageSharp.PixelFormats;

public struct L8(byte luminance) : IPixel<L8>
{
    public byte PackedValue { readonly get; set; } = luminance;

    // The package weighs by ITU-R BT.709.
    public void FromRgb24(Rgb24 source) => PackedValue = (byte)(.2126f * source.R + .7152f * source.G + .0722f * source.B + .5f);

    public readonly bool Equals(L8 other) => PackedValue == other.PackedValue;

    public override readonly bool Equals(object? obj) => obj is L8 other && Equals(other);

    public override readonly int GetHashCode() => PackedValue;
}
