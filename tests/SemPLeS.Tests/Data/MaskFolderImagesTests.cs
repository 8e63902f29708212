using SemPLeS.Data;
using SemPLeS.Tests.Training;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class MaskFolderImagesTests : IDisposable
{
    private readonly ImageFileFolder _folder = new();
    private readonly SquareImages _images = new(3);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_masks_of_the_folder_take_the_place_of_the_truth()
    {
        WriteAll();
        var images = MaskFolderImages.Open(_images, _folder.Root);

        Assert.True(images.HasTruth);
        Assert.Equal((_images.Count, _images.ClassCount, _images.Id(1)), (images.Count, images.ClassCount, images.Id(1)));
        Assert.Equal(_images.Image(2).Pixels, images.Image(2).Pixels);
        Assert.All(images.Truth(1).Labels, label => Assert.Equal(2, label));
    }

    [Fact]
    public void Other_masks_have_another_fingerprint()
    {
        WriteAll();
        var first = MaskFolderImages.Open(_images, _folder.Root).MaskFingerprint;
        Assert.Equal(first, MaskFolderImages.Open(_images, _folder.Root).MaskFingerprint);
        Write(1, 16, 16, 3);

        Assert.NotEqual(first, MaskFolderImages.Open(_images, _folder.Root).MaskFingerprint);
    }

    [Fact]
    public void What_is_wrong_with_a_mask_is_said_at_once_with_its_path()
    {
        Assert.Throws<DirectoryNotFoundException>(() => MaskFolderImages.Open(_images, Path.Combine(_folder.Root, "nowhere")));
        var missing = Assert.Throws<FileNotFoundException>(() => MaskFolderImages.Open(_images, _folder.Root));
        Assert.Contains("3 of 3 masks are missing", missing.Message);
        Assert.Contains(Of(0), missing.Message);

        WriteAll();
        Write(1, 16, 15, 1);
        AssertNamed("16x15 pixels, its picture 16x16");
        Write(1, 16, 16, 4);
        AssertNamed("the label 4; there are 3 classes");
        Write(1, 16, 16, LabelMap.Ignore);
        Assert.Equal(LabelMap.Ignore, MaskFolderImages.Open(_images, _folder.Root).Truth(1).Labels[0]);
        File.WriteAllBytes(Of(1), File.ReadAllBytes(Of(0))[..^20]);
        AssertNamed("truncated");

        void AssertNamed(string what)
        {
            var error = Assert.Throws<InvalidDataException>(() => MaskFolderImages.Open(_images, _folder.Root));
            Assert.Contains(Of(1), error.Message);
            Assert.Contains(what, error.Message);
        }
    }

    private void WriteAll()
    {
        for (var i = 0; i < _images.Count; i++)
            Write(i, 16, 16, 2);
    }

    private void Write(int index, int width, int height, byte label)
    {
        var labels = new byte[width * height];
        labels.AsSpan().Fill(label);
        LabelFile.SavePng(new LabelMap(width, height, labels), Of(index));
    }

    private string Of(int index) => Path.Combine(_folder.Root, _images.Id(index) + ".png");
}
