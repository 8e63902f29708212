using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Notebooks;
using SemPLeS.Tests.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Notebooks;

public sealed class PromptMapsTests
{
    [Fact]
    public void A_row_has_the_picture_and_a_map_for_each_text_whose_peak_is_its_greatest_value()
    {
        using var clip = ClipStart.Random(SmallStages.Clips, new RandomStream(0));
        clip.Freeze();
        using var features = rand([2, clip.Settings.EmbeddingSize]);
        var maps = new PromptMaps(clip, features, CPU);
        var image = SmallStages.Images.Image(1);

        var drawn = maps.Draw("Maps", SmallStages.Images, [1], ["first", "second"]);

        Assert.Equal(["picture", "first", "second"], drawn.Columns);
        var row = Assert.Single(drawn.Rows);
        Assert.Equal([image.Pixels, Overlay.Heat(image, maps.Draw(image, 0)).Pixels, Overlay.Heat(image, maps.Draw(image, 1)).Pixels], row.Pictures.Select(picture => picture.Image.Pixels));
        var map = maps.Draw(image, 1);
        Assert.All(map, value => Assert.True(value <= map[maps.Peak(image, 1)]));
        Assert.Throws<ArgumentException>("names", () => maps.Draw("Maps", SmallStages.Images, [1], ["first"]));
    }
}
