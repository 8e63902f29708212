using System.Formats.Tar;
using System.IO.Compression;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.Tests.Cli;
using SemPLeS.Tests.Weights;
using Xunit;

namespace SemPLeS.Tests.Experiments;

public sealed class VocTestArchiveTests : IDisposable
{
    private static readonly string[] Ids = ["2008_000001", "2008_000004"];

    private readonly TemporaryFolder _folder = new();

    public VocTestArchiveTests()
    {
        for (var i = 0; i < Ids.Length; i++)
            LabelFile.SavePng(new LabelMap(2, 1, [(byte)i, 20]), _folder.File(Ids[i] + ".png"));
        File.WriteAllLines(_folder.File("test.txt"), Ids);
    }

    private string Predictions => Path.GetDirectoryName(_folder.File("x"))!;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.tar")]
    [InlineData("a.tgz")]
    [InlineData("a.tar.gz")]
    [InlineData("a.zip")]
    public void Every_mask_lies_where_the_server_looks_for_it(string name)
    {
        var path = _folder.File(name);

        var run = ConsoleRun.Of("archive", "--predictions", Predictions, "--voc", Predictions, "--output", path);

        Assert.Equal($"2 label maps: {path}{Environment.NewLine}", run.Output);
        var files = Read(path);
        Assert.Equal(Ids.Select(id => $"results/VOC2012/Segmentation/comp6_test_cls/{id}.png"), files.Select(file => file.Name));
        File.WriteAllBytes(_folder.File("unpacked.png"), files[1].Content);
        Assert.Equal([1, 20], LabelFile.Load(_folder.File("unpacked.png")).Labels);
    }

    [Fact]
    public void A_missing_mask_is_named_and_no_archive_written()
    {
        File.Delete(_folder.File(Ids[1] + ".png"));

        Assert.Contains(Ids[1], Assert.Throws<FileNotFoundException>(() => VocTestArchive.Write(Predictions, Ids, _folder.File("a.zip"))).Message);
        Assert.DoesNotContain(_folder.Files, file => file.Contains("a.zip", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(21)]
    [InlineData(LabelMap.Ignore)]
    public void A_label_that_the_server_does_not_know_is_an_error_that_names_the_mask(byte label)
    {
        LabelFile.SavePng(new LabelMap(2, 1, [label, 0]), _folder.File(Ids[1] + ".png"));

        Assert.Contains(Ids[1], Assert.Throws<InvalidDataException>(() => VocTestArchive.Write(Predictions, Ids, _folder.File("a.tgz"))).Message);
        Assert.DoesNotContain(_folder.Files, file => file.Contains("a.tgz", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_extension_or_no_mask_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => VocTestArchive.Write(Predictions, Ids, _folder.File("a.rar")));
        Assert.Throws<ArgumentException>(() => VocTestArchive.Write(Predictions, [], _folder.File("a.zip")));
    }

    private static List<(string Name, byte[] Content)> Read(string path)
    {
        using var file = File.OpenRead(path);
        var files = new List<(string, byte[])>();
        if (path.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var zip = new ZipArchive(file);
            foreach (var entry in zip.Entries)
                files.Add((entry.FullName, Bytes(entry.Open())));
            return files;
        }

        using var tar = new TarReader(path.EndsWith(".tar", StringComparison.Ordinal) ? file : new GZipStream(file, CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
            files.Add((entry.Name, Bytes(entry.DataStream!)));
        return files;
    }

    private static byte[] Bytes(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
