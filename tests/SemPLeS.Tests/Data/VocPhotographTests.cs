using System.Diagnostics;
using SemPLeS.Data;
using Xunit;
using Xunit.Abstractions;

namespace SemPLeS.Tests.Data;

public sealed class VocPhotographTests(ITestOutputHelper output)
{
    [SharedFact("voc")]
    [Trait(Speed.Name, Speed.Slow)]
    public void All_photographs_decode_to_the_size_of_their_masks()
    {
        var folder = Path.Combine(TestFolders.Shared!, "voc");
        var clock = Stopwatch.StartNew();
        var train = VocDataset.Open(folder, "train");
        var val = VocDataset.Open(folder, "val");
        output.WriteLine($"opened: {clock.Elapsed.TotalMilliseconds / (train.Count + val.Count):F2} ms a photograph");
        Assert.Equal((440, 445), (train.Count + train.Skipped, val.Count + val.Skipped));
        clock.Restart();
        foreach (var data in (VocDataset[])[train, val])
        {
            for (var i = 0; i < data.Count; i++)
            {
                var image = data.Image(i);
                Assert.Equal((data.Items[i].Width, data.Items[i].Height), (image.Width, image.Height));
            }
        }

        output.WriteLine($"decoded: {clock.Elapsed.TotalMilliseconds / (train.Count + val.Count):F2} ms a photograph");
    }

    [SharedFact("voc")]
    public void The_first_photographs_show_what_their_masks_say()
    {
        var data = VocDataset.Open(Path.Combine(TestFolders.Shared!, "voc"), "train");
        Assert.Equal("2007_000063", data.Id(0));
        Assert.Equal(["chair", "dog"], data.Labels(0).Select(label => data.ClassNames[label]));
        Assert.Equal((500, 375), (data.Items[0].Width, data.Items[0].Height));
    }
}
