namespace SemPLeS.Data.Coco;

/// <summary>Where MS COCO's files lie: photographs in a folder named like the split, masks in SegmentationClass/SPLIT, annotations in annotations/instances_SPLIT.json, labels in labels/SPLIT.txt.</summary>
/// <param name="Path">The folder that holds these.</param>
/// <param name="Split">train2014 or val2014.</param>
internal sealed record CocoFolder(string Path, string Split)
{
    public string Images => System.IO.Path.Combine(Path, Split);

    public string Masks => System.IO.Path.Combine(Path, "SegmentationClass", Split);

    public string Annotations => System.IO.Path.Combine(Path, "annotations", $"instances_{Split}.json");

    public string Labels => System.IO.Path.Combine(Path, "labels", $"{Split}.txt");

    public string Image(CocoImage image) => System.IO.Path.Combine(Images, image.FileName);

    public string Mask(CocoImage image) => System.IO.Path.Combine(Masks, image.Id + ".png");
}
