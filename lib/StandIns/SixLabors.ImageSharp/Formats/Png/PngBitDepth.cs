namespace SixLabors.ImageSharp.Formats.Png;

public enum PngBitDepth : byte
{
    Bit8 = 8,
}
