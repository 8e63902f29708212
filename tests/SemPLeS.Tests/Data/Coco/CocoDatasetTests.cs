using SemPLeS.Data.Coco;
using Xunit;

namespace SemPLeS.Tests.Data.Coco;

public sealed class CocoDatasetTests : IDisposable
{
    private readonly CocoFiles _coco = new CocoFiles().WithPhotographs(1, 2, 3, 4);

    private string LabelPath => _coco.PathOf("labels/train2014.txt");

    public void Dispose() => _coco.Dispose();

    [Fact]
    public void There_are_ninety_classes_of_which_eighty_are_annotated()
    {
        Assert.Equal((90, 10, 80), (CocoClasses.Names.Count, CocoClasses.Gaps.Count, CocoClasses.Annotated.Count));
        Assert.Equal(["street sign", "hat", "shoe", "eye glasses", "plate", "mirror", "window", "desk", "door", "blender"], CocoClasses.Gaps.Select(category => CocoClasses.Names[category - 1]));
        Assert.Equal((52, 90), (CocoClasses.Annotated[46], CocoClasses.Annotated[79]));
    }

    [Fact]
    public void Photographs_without_a_label_are_skipped_and_counted()
    {
        var data = Open();
        Assert.Equal((3, 1, 90, false), (data.Count, data.Skipped, data.ClassCount, data.HasTruth));
        Assert.Equal([[2, 51], [0], [89]], Enumerable.Range(0, 3).Select(data.Labels));
        Assert.Equal((CocoFiles.Name(3), "toothbrush"), (data.Id(2), data.ClassNames[data.Labels(2)[0]]));
        Assert.Equal((6, 4), (data.Image(0).Width, data.Size(0).Height));
        Assert.Contains("has a mask", Assert.Throws<InvalidOperationException>(() => data.Truth(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_kept_in_a_small_file_and_the_annotations_are_not_read_again()
    {
        _ = Open();
        Assert.Equal($"{CocoFiles.Name(1)}.jpg\t6\t4\t3\t52", File.ReadLines(LabelPath).ElementAt(1));
        var annotations = _coco.PathOf("annotations/instances_train2014.json");
        File.WriteAllText(annotations, new string(' ', (int)new FileInfo(annotations).Length));
        Assert.Equal([2, 51], Open().Labels(0));
        File.Delete(annotations);
        Assert.Equal([2, 51], Open().Labels(0));
    }

    [Fact]
    public void Labels_of_other_annotations_or_damaged_ones_are_made_anew()
    {
        _ = Open();
        _coco.Annotate(CocoFiles.Images(1, 2), CocoFiles.Person(1), CocoFiles.Person(2), CocoFiles.Banana(2));
        Assert.Equal([0, 51], Open().Labels(1));
        File.WriteAllText(LabelPath, File.ReadAllText(LabelPath).Replace("\t52", "\t520", StringComparison.Ordinal));
        Assert.Equal([0, 51], Open().Labels(1));
    }

    [Fact]
    public void Masks_are_made_once_and_what_is_there_stays()
    {
        _coco.Mask(2, 1, 1, 1, 1, 1, 1);
        Assert.Equal((3, 1, 2), CocoMasks.Write(_coco.Root, "train2014"));
        Assert.Equal((3, 1, 0), CocoMasks.Write(_coco.Root, "train2014"));
        var data = Open();
        Assert.True(data.HasTruth);
        Assert.Equal([0, 0, 52, 52, 0, 0], data.Truth(0).Labels[..6]);
        Assert.Equal([1, 1, 1, 1, 1, 1], data.Truth(1).Labels[..6]);
        Assert.Equal([0, 0, 0, 0, 0, 90], data.Truth(2).Labels[..6]);
        Assert.False(File.Exists(_coco.PathOf($"SegmentationClass/train2014/{CocoFiles.Name(4)}.png")));
    }

    [Fact]
    public void Masks_with_contiguous_labels_are_recognised_and_give_categories()
    {
        _coco.Mask(1, 0, 0, 47, 47, 255, 0);
        _coco.Mask(2, 1, 1, 1, 0, 0, 0);
        _coco.Mask(3, 0, 0, 0, 0, 0, 80);
        var data = Open();
        Assert.Equal([0, 0, 52, 52, 255, 0], data.Truth(0).Labels[..6]);
        Assert.Equal([1, 1, 1, 0, 0, 0], data.Truth(1).Labels[..6]);
        Assert.Equal([0, 0, 0, 0, 0, 90], data.Truth(2).Labels[..6]);
    }

    [Fact]
    public void Both_kinds_of_masks_in_one_folder_are_an_error_that_names_the_odd_one()
    {
        _coco.Mask(1, 0, 0, 52, 52, 0, 0);
        _coco.Mask(2, 1, 1, 1, 0, 0, 0);
        _coco.Mask(3, 0, 0, 0, 0, 0, 80);
        var data = Open();
        Assert.Equal(52, data.Truth(0).Labels[2]);
        Assert.Contains($"{CocoFiles.Name(3)}.png holds the label 80", Assert.Throws<InvalidDataException>(() => data.Truth(2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_of_another_size_is_an_error_that_names_it()
    {
        _ = CocoMasks.Write(_coco.Root, "train2014");
        _coco.Mask(1, 0, 0, 0);
        Assert.Contains($"{CocoFiles.Name(1)}.png has 3x4 pixels", Assert.Throws<InvalidDataException>(() => Open().Truth(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        File.Delete(_coco.PathOf($"train2014/{CocoFiles.Name(3)}.jpg"));
        Assert.Contains(CocoFiles.Name(3), Assert.Throws<FileNotFoundException>(Open).Message, StringComparison.Ordinal);
        File.Delete(LabelPath);
        File.Delete(_coco.PathOf("annotations/instances_train2014.json"));
        Assert.False(CocoDataset.HasSplit(_coco.Root, "train2014"));
        Assert.Contains("instances_train2014.json", Assert.Throws<FileNotFoundException>(Open).Message, StringComparison.Ordinal);
        Assert.Contains("val2014", Assert.Throws<DirectoryNotFoundException>(() => CocoDataset.Open(_coco.Root, "val2014")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CocoDataset.Open(_coco.Root, "../train2014"));
    }

    private CocoDataset Open() => CocoDataset.Open(_coco.Root, "train2014");
}
