using SemPLeS.Data;
using Xunit;

namespace SemPLeS.Tests.Data;

/// <summary>Pictures that other programs wrote: Pillow 9.4 and, for ycck.jpg, TurboJPEG. The decoded ones are Pillow's conversions to RGB.</summary>
internal static class ImageFileFixtures
{
    public static string Path(string name) => System.IO.Path.Combine(TestFolders.Repository, "tests", "SemPLeS.Tests", "Fixtures", "Images", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    /// <summary>No value differs by more than <paramref name="tolerance"/>.</summary>
    public static void AssertClose(RgbImage expected, RgbImage actual, int tolerance)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        Assert.InRange(expected.Pixels.Zip(actual.Pixels, (a, b) => Math.Abs(a - b)).Max(), 0, tolerance);
    }
}
