namespace SixLabors.ImageSharp.PixelFormats;

public interface IPixel
{
    public void FromRgb24(Rgb24 source);
}
