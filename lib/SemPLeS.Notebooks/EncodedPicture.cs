using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>A picture as a page embeds it. Drawings and labels stay exact; what looks like a photograph takes the smaller of PNG and JPEG, since a notebook is read over networks and kept by version control.</summary>
/// <param name="File">The file's bytes.</param>
/// <param name="MimeType">image/png or image/jpeg.</param>
internal readonly record struct EncodedPicture(byte[] File, string MimeType)
{
    /// <summary>Labels, masks and legends have few colours, in which JPEG's errors would be seen.</summary>
    private const int DrawingColors = 256;

    /// <summary>Enlarged pixels show what a photograph hides.</summary>
    private const int EnlargedQuality = 95;
    private const int Quality = 90;

    /// <summary>Encodes a picture.</summary>
    /// <param name="image">The pixels.</param>
    public static EncodedPicture Of(RgbImage image)
    {
        var png = new EncodedPicture(ImageFile.EncodePng(image), "image/png");
        if (HasFewColors(image))
            return png;
        var isEnlarged = Math.Max(image.Width, image.Height) <= SectionHtml.SmallPicture;
        var jpeg = new EncodedPicture(ImageFile.EncodeJpeg(image, isEnlarged ? EnlargedQuality : Quality), "image/jpeg");
        return jpeg.File.Length < png.File.Length ? jpeg : png;
    }

    private static bool HasFewColors(RgbImage image)
    {
        var colors = new HashSet<int>();
        for (var i = 0; i < image.Pixels.Length && colors.Count <= DrawingColors; i += 3)
            colors.Add(image.Pixels[i] << 16 | image.Pixels[i + 1] << 8 | image.Pixels[i + 2]);
        return colors.Count <= DrawingColors;
    }
}
