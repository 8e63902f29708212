using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class MiniWorldTests
{
    private const int Side = MiniWorldClasses.Side;

    [Fact]
    public void A_scene_is_the_same_alone_and_in_any_batch()
    {
        var batch = MiniScenes.Draw(3, MiniWorldSet.Train, 40);
        foreach (var i in new[] { 0, 17, 39 })
            AssertSame(MiniScenes.At(3, MiniWorldSet.Train, i), batch[i]);
        foreach (var (expected, scene) in batch.Zip(MiniScenes.Draw(3, MiniWorldSet.Train, 12)))
            AssertSame(expected, scene);
        var pictures = CaptionedPictures.Draw(3, 40);
        Assert.Equal(CaptionedPictures.At(3, 21).Image.Pixels, pictures[21].Image.Pixels);
        Assert.Equal(CaptionedPictures.At(3, 21).Caption, pictures[21].Caption);
    }

    [Fact]
    public async Task Scenes_do_not_depend_on_the_thread_or_on_what_was_drawn_before()
    {
        var expected = MiniScenes.Draw(4, MiniWorldSet.Validation, 16);
        var backwards = await Task.WhenAll(
            Enumerable.Range(0, 16).Reverse().Select(i => Task.Run(() => MiniScenes.At(4, MiniWorldSet.Validation, i))));
        foreach (var (scene, other) in expected.Zip(backwards.Reverse()))
            AssertSame(scene, other);
    }

    [Fact]
    public void Worlds_sets_and_places_differ()
    {
        var scenes = new[] { 0, 1 }.SelectMany(seed => Enum.GetValues<MiniWorldSet>()
            .SelectMany(set => Enumerable.Range(0, 2).Select(i => MiniScenes.At(seed, set, i))));
        Assert.Equal(16, scenes.Select(scene => Convert.ToHexString(scene.Image.Pixels)).Distinct().Count());
    }

    [Fact]
    public void Maps_and_tags_agree_with_each_other()
    {
        foreach (var scene in MiniScenes.Draw(5, MiniWorldSet.Train, 100))
        {
            Assert.Equal((Side, Side), (scene.Image.Width, scene.Image.Height));
            Assert.Equal((Side, Side, Side * Side), (scene.Truth.Width, scene.Truth.Height, scene.Background.Length));
            for (var name = 0; name < MiniWorldClasses.Count; name++)
                Assert.Equal(scene.Truth.Labels.Count(label => label == name + 1) >= 12, scene.Tags[name]);
            Assert.InRange(scene.Tags.Count(tag => tag), 1, 2);
            // Two zones, each of one kind.
            Assert.InRange(scene.Background.Distinct().Count(), 1, 2);
            Assert.All(scene.Background.Chunk(Side), row => Assert.Single(row.Distinct()));
        }
    }

    [Fact]
    public void Objects_lie_where_and_are_as_large_as_the_recipe_says()
    {
        var alone = MiniScenes.Draw(6, MiniWorldSet.Train, 200).Where(scene => scene.Tags.Count(tag => tag) == 1).ToList();
        var centres = new List<double>();
        foreach (var scene in alone)
        {
            var places = scene.Truth.Labels.Index().Where(pixel => pixel.Item != 0)
                .Select(pixel => (X: pixel.Index % Side, Y: pixel.Index / Side)).ToList();
            // The tile measures .6-.95 of the side, an object about .7-1.1 of its tile, tilted; what reaches outside is cut off.
            Assert.InRange(places.Max(place => place.X) - places.Min(place => place.X) + 1, .4 * Side, Side);
            Assert.InRange(places.Max(place => place.Y) - places.Min(place => place.Y) + 1, .2 * Side, Side);
            centres.Add(places.Average(place => place.X));
        }

        // The tile's centre is .32-.68 of the width, but birds and boats are not symmetric.
        Assert.InRange(centres.Min(), .25 * Side, .40 * Side);
        Assert.InRange(centres.Max(), .60 * Side, .75 * Side);
        Assert.InRange(centres.Average(), .46 * Side, .53 * Side);
    }

    [Fact]
    public void A_label_of_which_fewer_than_12_pixels_show_is_dropped_from_the_tags()
    {
        var labels = new byte[Side * Side];
        labels.AsSpan(100, 11).Fill(4);
        labels.AsSpan(1000, 12).Fill(6);
        var scene = new MiniScene(new RgbImage(Side, Side, new byte[Side * Side * 3]), new LabelMap(Side, Side, labels), new byte[Side * Side]);
        Assert.Equal([false, false, false, false, false, true], scene.Tags);
    }

    [Fact]
    public void Pretraining_tags_are_the_objects_and_the_backgrounds_that_show_enough()
    {
        foreach (var scene in MiniScenes.Draw(0, MiniWorldSet.Pretrain, 100))
        {
            var tags = scene.ObjectAndBackgroundTags();
            Assert.Equal(scene.Tags, tags[..6]);
            for (var background = 0; background < 6; background++)
            {
                var shown = scene.Background.Zip(scene.Truth.Labels).Count(pixel => pixel.First == background + 1 && pixel.Second == 0);
                Assert.Equal(shown, scene.VisiblePixels(background));
                Assert.Equal(shown >= 150, tags[6 + background]);
            }
        }
    }

    [Fact]
    public void Captions_are_as_frequent_as_the_recipe_says()
    {
        Assert.Equal("a photo of boat.", MiniWorldClasses.Captions[0]);
        Assert.Equal("a photo of tree.", MiniWorldClasses.Captions[11]);
        const double Pictures = 1200;
        var counts = new int[12];
        foreach (var picture in CaptionedPictures.Draw(0, (int)Pictures))
            counts[picture.Caption]++;
        // Backgrounds: 13 % bare, and nearly all of the 12 % of scenes.
        Assert.InRange(counts[6..].Sum() / Pictures, .20, .295);
        Assert.All(counts[..6], count => Assert.InRange(count / Pictures, .085, .165));
        Assert.All(counts[6..], count => Assert.InRange(count / Pictures, .018, .066));
    }

    [Fact]
    public void Settings_change_what_is_drawn()
    {
        var own = MiniScenes.Draw(0, MiniWorldSet.Train, 60, new() { OwnBackground = 1, TwoObjects = 1 });
        Assert.All(own, scene => Assert.Equal(
            scene.Truth.Labels.Distinct().Where(label => label != 0).Order(), scene.Background.Distinct().Order()));
        var walls = MiniScenes.Draw(0, MiniWorldSet.Train, 60, new() { TwoObjects = 0, OtherTexture = 0 });
        Assert.All(walls, scene => Assert.Contains((byte)0, scene.Background));
    }

    [Fact]
    public void As_a_data_set_it_gives_the_scenes_that_were_drawn()
    {
        ILabelledImages images = new MiniWorldImages(2, MiniWorldSet.Validation, 20);
        var scenes = MiniScenes.Draw(2, MiniWorldSet.Validation, 20);
        Assert.Equal((20, 6, true), (images.Count, images.ClassCount, images.HasTruth));
        Assert.Equal(["boat", "train", "aeroplane", "cow", "car", "bird"], images.ClassNames);
        Assert.Equal("world2-validation-000007", images.Id(7));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(scenes[i].Image.Pixels, images.Image(i).Pixels);
            Assert.Equal(scenes[i].Truth.Labels, images.Truth(i).Labels);
            Assert.Equal(scenes[i].Tags, Enumerable.Range(0, 6).Select(images.Labels(i).Contains));
        }
    }

    [Fact]
    public void Wrong_arguments_are_errors_that_name_the_value()
    {
        Assert.Contains("-1", Assert.Throws<ArgumentOutOfRangeException>(() => MiniScenes.Draw(0, MiniWorldSet.Train, -1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => MiniScenes.At(0, MiniWorldSet.Train, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MiniScenes.Draw(0, (MiniWorldSet)7, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CaptionedPictures.Draw(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CaptionedPictures.At(0, -1));
        Assert.Contains("1.2", Assert.Throws<ArgumentOutOfRangeException>(() => new MiniWorldSettings { OwnBackground = 1.2 }).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MiniWorldSettings { TwoObjects = double.NaN });
        var images = new MiniWorldImages(0, MiniWorldSet.Train, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Id(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Image(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Scene(0).VisiblePixels(6));
    }

    private static void AssertSame(MiniScene expected, MiniScene scene)
    {
        Assert.Equal(expected.Image.Pixels, scene.Image.Pixels);
        Assert.Equal(expected.Truth.Labels, scene.Truth.Labels);
        Assert.Equal(expected.Background, scene.Background);
        Assert.Equal(expected.Tags, scene.Tags);
    }
}
