using System.Diagnostics;
using SemPLeS.Fetching;
using Xunit;

namespace SemPLeS.Tests.Fetching;

public sealed class DataScriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scripts").FullName;

    public static TheoryData<string, string[]> Scripts => new()
    {
        { "voc12", ["VOCtrainval_11-May-2012.tar", "SegmentationClassAug.zip", "train_aug"] },
        { "coco14", ["train2014.zip", "val2014.zip", "annotations_trainval2014.zip", "make masks"] },
        { "clip", ["ViT-B-32.pt", "bpe_simple_vocab_16e6.txt.gz"] },
        { "deit", ["deit_small_patch16_224-cd65a155.pth"] },
        { "weaktr", ["weaktr-voc12.pth", "drive.google.com"] },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Scripts))]
    [Trait(Speed.Name, Speed.Slow)]
    public async Task A_dry_run_of_each_script_says_what_it_fetches(string script, string[] texts)
    {
        var start = new ProcessStartInfo("dotnet", ["run", Path.Combine(TestFolders.Repository, "data-scripts", script + ".cs"), "--", "--dry-run", "--data", Path.Combine(_folder, "data")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await error);
        Assert.All(texts.Concat(["licence", "SHA-256"]), text => Assert.Contains(text, output, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(_folder, "data")));
    }

    [Fact]
    public void The_list_train_aug_holds_what_has_a_mask_and_is_not_in_val()
    {
        Write("ImageSets/Segmentation/val.txt", "b\n");
        foreach (var id in new[] { "c", "b", "a" })
        {
            Write($"SegmentationClassAug/{id}.png", "");
            Write($"JPEGImages/{id}.jpg", "");
        }

        var said = VocLists.WriteTrainAug(_folder);
        Assert.Equal("a\nc\n", File.ReadAllText(Path.Combine(_folder, "ImageSets", "Segmentation", "train_aug.txt")));
        Assert.Contains("2 photographs, where the published list has 10582", said, StringComparison.Ordinal);

        Write("SegmentationClassAug/d.png", "");
        Assert.Throws<FileNotFoundException>(() => VocLists.WriteTrainAug(_folder));
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
