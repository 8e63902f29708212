using SemPLeS.Data;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class VocDatasetTests : IDisposable
{
    private readonly VocFolder _voc = new();

    public void Dispose() => _voc.Dispose();

    [Fact]
    public void Labels_are_the_classes_in_the_mask_without_background_and_ignored_pixels()
    {
        _voc.With("a", 0, 20, 7, 255, 7).With("b", 1).WithList("train", "b", "a");
        var data = VocDataset.Open(_voc.Root, "train");
        Assert.Equal(["b", "a"], data.Items.Select(item => item.Id));
        Assert.Equal([0], data.Labels(0));
        Assert.Equal([6, 19], data.Labels(1));
        Assert.Equal(["car", "tvmonitor"], data.Labels(1).Select(label => data.ClassNames[label]));
        Assert.Equal((2, 20, true, 0), (data.Count, data.ClassCount, data.HasTruth, data.Skipped));
        Assert.Equal([0, 20, 7, 255, 7], data.Truth(1).Labels[..5]);
        Assert.Equal((6, 4), (data.Image(1).Width, data.Image(1).Height));
    }

    [Fact]
    public void A_picture_without_any_label_is_skipped_and_counted()
    {
        _voc.With("a", 3).With("none", 0, 255).WithList("train", "none", "a");
        var data = VocDataset.Open(_voc.Root, "train");
        Assert.Equal("a", Assert.Single(data.Items).Id);
        Assert.Equal(1, data.Skipped);
    }

    [Fact]
    public void The_augmented_masks_are_preferred_unless_another_folder_is_chosen()
    {
        _voc.With("a", 3).WithMask("a", [4], "SegmentationClassAug").WithMask("a", [5], "Mine").WithList("train", "a");
        Assert.Equal([3], VocDataset.Open(_voc.Root, "train").Labels(0));
        Assert.Equal([2], VocDataset.Open(_voc.Root, "train", new VocOptions { MaskFolder = "SegmentationClass" }).Labels(0));
        Assert.Equal([4], VocDataset.Open(_voc.Root, "train", new VocOptions { MaskFolder = Path.Combine(_voc.Root, "Mine") }).Labels(0));
    }

    [Fact]
    public void Without_a_mask_the_annotation_gives_the_labels()
    {
        _voc.WithImage("a").WithAnnotation("a", "person", "dog", "person").With("b", 3).WithList("train", "a", "b");
        var data = VocDataset.Open(_voc.Root, "train");
        Assert.Equal([11, 14], data.Labels(0));
        Assert.Equal([2], data.Labels(1));
        Assert.False(data.HasTruth);
        Assert.Contains("a", Assert.Throws<InvalidOperationException>(() => data.Truth(0)).Message);
    }

    [Fact]
    public void The_source_of_labels_can_be_forced()
    {
        _voc.With("a", 3).WithAnnotation("a", "cow").WithList("train", "a");
        Assert.Equal([2], VocDataset.Open(_voc.Root, "train").Labels(0));
        var data = VocDataset.Open(_voc.Root, "train", new VocOptions { Labels = VocLabelSource.Annotation });
        Assert.Equal([9], data.Labels(0));
        Assert.True(data.HasTruth);
        _voc.WithImage("b").WithAnnotation("b", "cow").WithList("more", "b");
        Assert.Throws<FileNotFoundException>(() => VocDataset.Open(_voc.Root, "more", new VocOptions { Labels = VocLabelSource.Mask }));
    }

    [Fact]
    public void A_split_without_truth_keeps_every_photograph_and_looks_at_no_mask()
    {
        _voc.WithImage("a").With("b", 3).WithList("test", "a", "b");
        var data = VocDataset.Open(_voc.Root, "test", new VocOptions { Labels = VocLabelSource.None });
        Assert.Equal((2, 0, false), (data.Count, data.Skipped, data.HasTruth));
        Assert.All([0, 1], index => Assert.Empty(data.Labels(index)));
        Assert.Throws<InvalidOperationException>(() => data.Truth(1));
    }

    [Fact]
    public void A_list_may_lie_beside_the_folders_and_hold_more_than_ids()
    {
        _voc.With("2007_000032", 1).WithFile("train_aug.txt", "\n/JPEGImages/2007_000032.jpg /SegmentationClassAug/2007_000032.png\r\n");
        Assert.Equal("2007_000032", VocDataset.Open(_voc.Root, "train_aug").Id(0));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var lost = Path.Combine(_voc.Root, "lost");
        Assert.Contains(lost, Assert.Throws<DirectoryNotFoundException>(() => VocDataset.Open(lost, "train")).Message);
        _voc.WithList("train", "a");
        Assert.Contains("JPEGImages", Assert.Throws<DirectoryNotFoundException>(() => VocDataset.Open(_voc.Root, "train")).Message);
        _voc.With("a", 1);
        var options = new VocOptions { MaskFolder = "Other" };
        Assert.Contains("Other", Assert.Throws<DirectoryNotFoundException>(() => VocDataset.Open(_voc.Root, "train", options)).Message);
    }

    [Fact]
    public void A_missing_id_list_is_an_error_that_names_those_there_are()
    {
        _voc.With("a", 1).WithList("train", "a").WithFile("val.txt", "a");
        var message = Assert.Throws<FileNotFoundException>(() => VocDataset.Open(_voc.Root, "trian")).Message;
        Assert.Contains("trian.txt", message);
        Assert.Contains("train, val", message);
        Assert.Throws<ArgumentException>(() => VocDataset.Open(_voc.Root, "../train"));
    }

    [Theory]
    [InlineData("", "lists no photograph")]
    [InlineData(" \n\n", "lists no photograph")]
    [InlineData("a\na\n", "line 2")]
    [InlineData("a\n\0\u0001\n", "line 2")]
    public void A_bad_id_list_is_an_error_that_names_it(string content, string reason)
    {
        _voc.With("a", 1).WithFile("bad.txt", content);
        var message = Assert.Throws<InvalidDataException>(() => VocDataset.Open(_voc.Root, "bad")).Message;
        Assert.Contains("bad.txt", message);
        Assert.Contains(reason, message);
    }

    [Fact]
    public void Missing_pictures_and_masks_are_named_and_counted()
    {
        _voc.With("a", 1).WithList("images", "a", "b", "c").WithMask("b", [1]).WithMask("c", [1]);
        var message = Assert.Throws<FileNotFoundException>(() => VocDataset.Open(_voc.Root, "images")).Message;
        Assert.StartsWith("2 files", message);
        Assert.Contains(Path.Combine("JPEGImages", "b.jpg"), message);
        _voc.WithImage("d").WithList("masks", "a", "d");
        Assert.Contains(
            Path.Combine("SegmentationClass", "d.png"), Assert.Throws<FileNotFoundException>(() => VocDataset.Open(_voc.Root, "masks")).Message);
    }

    [Fact]
    public void A_damaged_picture_mask_or_annotation_is_named_when_the_data_set_is_opened()
    {
        _voc.With("a", 1).With("b", 1).WithImage("c").WithList("image", "a").WithList("mask", "b").WithList("annotation", "c");
        _voc.WithFile("JPEGImages/a.png", "no picture").WithFile("SegmentationClass/b.png", "no mask").WithFile("Annotations/c.xml", "<annotation>");
        Assert.Contains("a.png", Assert.Throws<InvalidDataException>(() => VocDataset.Open(_voc.Root, "image")).Message);
        Assert.Contains("b.png", Assert.Throws<InvalidDataException>(() => VocDataset.Open(_voc.Root, "mask")).Message);
        Assert.Contains("c.xml", Assert.Throws<InvalidDataException>(() => VocDataset.Open(_voc.Root, "annotation")).Message);
    }

    [Fact]
    public void Labels_and_names_that_VOC_does_not_have_are_errors()
    {
        _voc.With("a", 21).WithImage("b").WithAnnotation("b", "unicorn").WithList("mask", "a").WithList("annotation", "b");
        Assert.Contains("label 21", Assert.Throws<InvalidDataException>(() => VocDataset.Open(_voc.Root, "mask")).Message);
        Assert.Contains("unicorn", Assert.Throws<InvalidDataException>(() => VocDataset.Open(_voc.Root, "annotation")).Message);
    }

    [Fact]
    public void A_mask_of_another_size_than_its_picture_is_an_error()
    {
        _voc.WithImage("a", 5, 4).WithMask("a", [1]).WithList("train", "a");
        var message = Assert.Throws<InvalidDataException>(() => VocDataset.Open(_voc.Root, "train")).Message;
        Assert.Contains("6x4", message);
        Assert.Contains("5x4", message);
    }

    [Fact]
    public void A_split_without_a_labelled_picture_is_an_error()
    {
        _voc.With("a", 0).WithList("train", "a");
        Assert.Contains("train", Assert.Throws<InvalidDataException>(() => VocDataset.Open(_voc.Root, "train")).Message);
    }

    [Fact]
    public void A_picture_that_is_too_small_is_named()
    {
        _voc.With("a", 1).WithList("train", "a");
        Assert.Single(VocDataset.Open(_voc.Root, "train", new VocOptions { MinimumSide = 4 }).Items);
        var message = Assert.Throws<InvalidDataException>(() => VocDataset.Open(_voc.Root, "train", new VocOptions { MinimumSide = 5 })).Message;
        Assert.Contains("a.png", message);
        Assert.Throws<ArgumentOutOfRangeException>(() => VocDataset.Open(_voc.Root, "train", new VocOptions { MinimumSide = 0 }));
    }

    [Fact]
    public void The_cache_gives_the_same_labels_and_notices_a_changed_mask()
    {
        _voc.With("a", 1).With("b", 0).WithList("train", "a", "b");
        var options = new VocOptions { CacheFolder = Path.Combine(_voc.Root, "cache") };
        Assert.Equal([0], VocDataset.Open(_voc.Root, "train", options).Labels(0));
        var cache = Assert.Single(Directory.GetFiles(options.CacheFolder));
        var written = File.ReadAllText(cache);

        // Were the cache not used, the labels would be read from the mask.
        File.WriteAllText(cache, written.Replace("\"Labels\":[0]", "\"Labels\":[4]"));
        var cached = VocDataset.Open(_voc.Root, "train", options);
        Assert.Equal([4], cached.Labels(0));
        Assert.Equal(1, cached.Skipped);

        _voc.WithMask("a", [1, 2, 3, 4]);
        File.SetLastWriteTimeUtc(Path.Combine(_voc.Root, "SegmentationClass", "a.png"), new DateTime(2012, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal([0, 1, 2, 3], VocDataset.Open(_voc.Root, "train", options).Labels(0));

        File.WriteAllText(cache, "{");
        Assert.Equal([0, 1, 2, 3], VocDataset.Open(_voc.Root, "train", options).Labels(0));
    }

    [Fact]
    public void A_cache_folder_that_cannot_be_written_to_is_named()
    {
        _voc.With("a", 1).WithList("train", "a").WithFile("file", "in the way");
        var folder = Path.Combine(_voc.Root, "file", "cache");
        var options = new VocOptions { CacheFolder = folder };
        Assert.Contains(folder, Assert.Throws<IOException>(() => VocDataset.Open(_voc.Root, "train", options)).Message);
    }
}
