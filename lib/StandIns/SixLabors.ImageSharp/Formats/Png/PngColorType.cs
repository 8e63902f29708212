namespace SixLabors.ImageSharp.Formats.Png;

public enum PngColorType : byte
{
    Grayscale = 0,
    Rgb = 2,
}
