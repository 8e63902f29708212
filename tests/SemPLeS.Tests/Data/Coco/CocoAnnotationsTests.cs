using SemPLeS.Data.Coco;
using Xunit;

namespace SemPLeS.Tests.Data.Coco;

public sealed class CocoAnnotationsTests : IDisposable
{
    private readonly CocoFiles _coco = new();

    private string JsonPath => _coco.PathOf("annotations/instances_train2014.json");

    public void Dispose() => _coco.Dispose();

    [Fact]
    public void Photographs_come_by_name_with_the_classes_of_all_that_is_annotated()
    {
        _coco.Annotate(CocoFiles.Images(12, 2, 1), CocoFiles.Person(2), CocoFiles.Toothbrush(12), CocoFiles.Crowd(2), CocoFiles.Person(2));
        var annotations = CocoAnnotations.Read(JsonPath);
        Assert.Equal(new[] { 1, 2, 12 }.Select(CocoFiles.Name), annotations.Images.Select(image => image.Id));
        Assert.Equal([[], [0, 2], [89]], Enumerable.Range(0, 3).Select(annotations.Labels));
        Assert.Equal((6, 4), (annotations.Images[0].Width, annotations.Images[0].Height));
    }

    [Fact]
    public void Objects_are_painted_in_the_files_order_and_crowds_are_not()
    {
        _coco.Annotate(CocoFiles.Images(1, 2), CocoFiles.Person(1), CocoFiles.Crowd(1), CocoFiles.Banana(2), CocoFiles.Banana(1), CocoFiles.Person(2));
        var annotations = CocoAnnotations.Read(JsonPath);
        Assert.Equal(Enumerable.Repeat<byte[]>([1, 1, 52, 52, 0, 0], 4).SelectMany(row => row), annotations.Mask(0).Labels);
        Assert.Equal(Enumerable.Repeat<byte[]>([1, 1, 1, 52, 0, 0], 4).SelectMany(row => row), annotations.Mask(1).Labels);
    }

    [Theory]
    [InlineData("{", "damaged")]
    [InlineData("[]", "damaged")]
    [InlineData("""{"images":[]}""", "lists no images")]
    [InlineData("""{"images":[{"id":1,"file_name":"a.jpg","width":6,"height":4}]}""", "no annotations")]
    [InlineData("""{"images":[{"id":1,"file_name":"../a.jpg","width":6,"height":4}],"annotations":[]}""", "no file's")]
    [InlineData("""{"images":[{"id":1,"file_name":"a.jpg","width":0,"height":4}],"annotations":[]}""", "misses")]
    [InlineData("""{"images":[{"id":"1","file_name":"a.jpg","width":6,"height":4}],"annotations":[]}""", "damaged")]
    [InlineData("""{"images":[{"id":1,"file_name":"a.jpg","width":6,"height":4},{"id":1,"file_name":"b.jpg","width":6,"height":4}],"annotations":[]}""", "listed twice")]
    [InlineData("""{"images":[{"id":1,"file_name":"a.jpg","width":6,"height":4}],"annotations":[{"image_id":2,"category_id":1,"segmentation":[]}]}""", "the image 2")]
    [InlineData("""{"images":[{"id":1,"file_name":"a.jpg","width":6,"height":4}],"annotations":[{"image_id":1,"category_id":12,"segmentation":[]}]}""", "category 12")]
    [InlineData("""{"images":[{"id":1,"file_name":"a.jpg","width":6,"height":4}],"annotations":[],"categories":[{"id":1,"name":"cat"}]}""", "not COCO's")]
    public void A_file_that_is_none_of_COCOs_is_an_error_that_names_it(string json, string text)
    {
        _coco.Write("annotations/instances_train2014.json", json);
        var error = Assert.Throws<InvalidDataException>(() => CocoAnnotations.Read(JsonPath));
        Assert.All([JsonPath, text], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_outline_is_an_error_that_names_file_and_photograph()
    {
        _coco.Annotate(CocoFiles.Images(1), CocoFiles.Instance(1, 17, "[[0,0]]"));
        var annotations = CocoAnnotations.Read(JsonPath);
        var error = Assert.Throws<InvalidDataException>(() => annotations.Mask(0));
        Assert.All([JsonPath, CocoFiles.Name(1), "\"cat\""], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
