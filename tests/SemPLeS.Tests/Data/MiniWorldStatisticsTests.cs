using SemPLeS.Data.MiniWorld;
using Xunit;

namespace SemPLeS.Tests.Data;

/// <summary>The 2000 train scenes of world 0 against what was measured on the reference world; ranges are about four standard errors wide.</summary>
public sealed class MiniWorldStatisticsTests(MiniWorldStatisticsTests.TrainScenes train) : IClassFixture<MiniWorldStatisticsTests.TrainScenes>
{
    private const int Area = MiniWorldClasses.Side * MiniWorldClasses.Side;
    private readonly MiniScene[] _scenes = train.Scenes;

    [Fact]
    public void Objects_cover_23_percent() =>
        Assert.InRange(_scenes.Average(scene => scene.Truth.Labels.Count(label => label != 0)) / Area, .225, .245);

    [Fact]
    public void Own_backgrounds_of_present_classes_cover_52_percent() =>
        Assert.InRange(_scenes.Average(scene => Names().Where(name => scene.Tags[name]).Sum(scene.VisiblePixels)) / Area, .50, .54);

    [Fact]
    public void A_class_comes_with_its_background_91_times_in_100()
    {
        var together = _scenes.Sum(scene => Names().Count(name => scene.Tags[name] && Shows(scene, name)));
        Assert.InRange((double)together / _scenes.Sum(scene => scene.Tags.Count(tag => tag)), .885, .935);
    }

    [Fact]
    public void A_background_comes_with_its_class_about_62_times_in_100()
    {
        foreach (var name in Names())
        {
            var with = _scenes.Where(scene => Shows(scene, name)).ToList();
            Assert.InRange((double)with.Count(scene => scene.Tags[name]) / with.Count, .53, .73);
        }
    }

    [Fact]
    public void One_scene_in_five_has_two_objects_and_never_two_of_one_zone()
    {
        var pairs = _scenes.Where(scene => scene.Tags.Count(tag => tag) == 2).ToList();
        Assert.InRange((double)pairs.Count / _scenes.Length, .165, .235);
        // Aeroplanes and birds are the objects of the upper zone.
        Assert.All(pairs, scene => Assert.True(scene.Tags[2] ^ scene.Tags[5]));
    }

    [Fact]
    public void Without_the_link_a_background_says_nothing_about_the_class()
    {
        var scenes = MiniScenes.Draw(0, MiniWorldSet.Pretrain, 800);
        double tags = scenes.Sum(scene => scene.Tags.Count(tag => tag));
        var own = scenes.Sum(scene => Names().Count(name => scene.Tags[name] && Shows(scene, name))) / tags;
        var another = scenes.Sum(scene => Names().Count(name => scene.Tags[name] && Shows(scene, (name + 1) % MiniWorldClasses.Count))) / tags;
        // 1/6 in the object's zone and, where that is another one, about .14-.17 in the other zone.
        Assert.InRange(own, .23, .35);
        Assert.InRange(another, .23, .35);
    }

    [Fact]
    public void Mean_colours_and_areas_are_those_of_the_reference()
    {
        // Red, green and blue of an object's pixels and their number, mean over 4000 scenes of the reference; below them the backgrounds' colours.
        (double Red, double Green, double Blue, double Pixels)[] objects =
        [
            (184.1, 135.8, 133.9, 882), (149.9, 144.6, 99.3, 1091), (104.0, 69.2, 146.5, 659),
            (137.2, 101.0, 69.9, 794), (93.8, 114.5, 154.7, 903), (150.3, 74.2, 108.8, 633),
        ];
        (double Red, double Green, double Blue)[] backgrounds =
        [
            (59.7, 129.0, 158.0), (121.8, 106.8, 97.8), (195.3, 218.2, 240.0), (85.9, 151.9, 54.5), (92.8, 92.6, 90.8), (43.8, 75.3, 40.5),
        ];
        foreach (var name in Names())
        {
            var means = Means(scene => scene.Truth.Labels.Select(label => label == name + 1));
            Assert.InRange(means.Red, objects[name].Red - 9, objects[name].Red + 9);
            Assert.InRange(means.Green, objects[name].Green - 9, objects[name].Green + 9);
            Assert.InRange(means.Blue, objects[name].Blue - 9, objects[name].Blue + 9);
            Assert.InRange(means.Pixels, objects[name].Pixels * .92, objects[name].Pixels * 1.08);
            means = Means(scene => scene.Background.Zip(scene.Truth.Labels, (back, label) => back == name + 1 && label == 0));
            Assert.InRange(means.Red, backgrounds[name].Red - 5, backgrounds[name].Red + 5);
            Assert.InRange(means.Green, backgrounds[name].Green - 5, backgrounds[name].Green + 5);
            Assert.InRange(means.Blue, backgrounds[name].Blue - 5, backgrounds[name].Blue + 5);
        }
    }

    private static IEnumerable<int> Names() => Enumerable.Range(0, MiniWorldClasses.Count);

    private static bool Shows(MiniScene scene, int background) => scene.Background.Contains((byte)(background + 1));

    private (double Red, double Green, double Blue, double Pixels) Means(Func<MiniScene, IEnumerable<bool>> mask)
    {
        var rows = new List<(double Red, double Green, double Blue, double Pixels)>();
        foreach (var scene in _scenes)
        {
            int[] places = [.. mask(scene).Index().Where(pixel => pixel.Item).Select(pixel => pixel.Index)];
            if (places.Length < 30)
                continue;
            rows.Add((Mean(scene, places, 0), Mean(scene, places, 1), Mean(scene, places, 2), places.Length));
        }

        return (rows.Average(row => row.Red), rows.Average(row => row.Green), rows.Average(row => row.Blue), rows.Average(row => row.Pixels));
    }

    private static double Mean(MiniScene scene, int[] places, int channel) => places.Average(place => scene.Image.Pixels[place * 3 + channel]);

    public sealed class TrainScenes
    {
        public MiniScene[] Scenes { get; } = MiniScenes.Draw(0, MiniWorldSet.Train, 2000);
    }
}
