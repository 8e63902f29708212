using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using SemPLeS.Fetching;
using Xunit;

namespace SemPLeS.Tests.Fetching;

public sealed class ArchiveTests : IDisposable
{
    private static readonly UnpackRule Everything = new("", 100, 1_000_000);
    private readonly string _root = Directory.CreateTempSubdirectory("archive").FullName;

    private string Target => Path.Combine(_root, "inner", "target");

    public static TheoryData<string> Kinds => ["zip", "tar", "tar.gz", "tgz"];

    public static TheoryData<string, string> Hostile
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var kind in new[] { "zip", "tar" })
            {
                foreach (var name in new[] { "../out.txt", "a/../../out.txt", "/out.txt", "..", "a/..\\..\\out.txt", "C:\\out.txt", "C:/out.txt", "a/con\u0001.txt", "a/name.", "a/name " })
                    data.Add(kind, name);
            }

            return data;
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_the_rule_wants_is_taken_and_nothing_else(string kind)
    {
        var path = Write(kind, ("set/pictures/a.txt", "first"), ("set/list.txt", "second"), ("readme.txt", "other"), ("settings/x.txt", "other"));
        Assert.Equal(2, Archive.Unpack(path, Target, new UnpackRule("set", 2, 11)));
        Assert.Equal(["list.txt", "pictures/a.txt"], Directory.EnumerateFiles(Target, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Target, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Equal("first", File.ReadAllText(Path.Combine(Target, "pictures", "a.txt")));
        Assert.Equal(2, Archive.Unpack(path, Target, new UnpackRule("set", 2, 11)));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_name_that_leads_elsewhere_is_refused(string kind, string name)
    {
        var error = Assert.Throws<InvalidDataException>(() => Archive.Unpack(Write(kind, (name, "bad")), Target, Everything));
        Assert.Contains("is refused", error.Message, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    public void Links_and_devices_are_refused(TarEntryType type)
    {
        var path = Path.Combine(_root, "a.tar");
        using (var tar = new TarWriter(File.Create(path)))
        {
            var entry = new PaxTarEntry(type, "link");
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                entry.LinkName = "/etc/passwd";
            tar.WriteEntry(entry);
        }

        Assert.Contains("\"link\" is a", Assert.Throws<InvalidDataException>(() => Archive.Unpack(path, Target, Everything)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_in_a_zip_is_refused()
    {
        var path = Path.Combine(_root, "a.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            var entry = zip.CreateEntry("link");
            entry.ExternalAttributes = unchecked((int)(0xA1FFu << 16));
            using var stream = entry.Open();
            stream.Write("/etc/passwd"u8);
        }

        Assert.Contains("is a link", Assert.Throws<InvalidDataException>(() => Archive.Unpack(path, Target, Everything)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_stands_in_the_target_is_not_followed()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_root, "outside")).FullName;
        Directory.CreateDirectory(Target);
        Directory.CreateSymbolicLink(Path.Combine(Target, "a"), outside);
        Assert.Throws<InvalidDataException>(() => Archive.Unpack(Write("zip", ("a/b.txt", "bad")), Target, Everything));
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));

        var file = Path.Combine(outside, "mine.txt");
        File.WriteAllText(file, "mine");
        File.CreateSymbolicLink(Path.Combine(Target, "c.txt"), file);
        _ = Archive.Unpack(Write("zip", ("c.txt", "new")), Target, Everything);
        Assert.Equal(("mine", "new"), (File.ReadAllText(file), File.ReadAllText(Path.Combine(Target, "c.txt"))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void More_files_or_bytes_than_expected_are_refused(string kind)
    {
        var path = Write(kind, ("a.txt", new string('a', 1000)), ("b.txt", new string('b', 1000)));
        Assert.Contains("one file more than the 1", Assert.Throws<InvalidDataException>(() => Archive.Unpack(path, Target, new UnpackRule("", 1, 5000))).Message, StringComparison.Ordinal);
        Assert.Contains("beyond the 1999 bytes", Assert.Throws<InvalidDataException>(() => Archive.Unpack(path, Target, new UnpackRule("", 2, 1999))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_stopped_at_the_limit()
    {
        var path = Path.Combine(_root, "bomb.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var stream = zip.CreateEntry("zeros").Open();
            for (var i = 0; i < 64; i++)
                stream.Write(new byte[1 << 20]);
        }

        Assert.Throws<InvalidDataException>(() => Archive.Unpack(path, Target, Everything));
        Assert.True(new FileInfo(Path.Combine(Target, "zeros")).Length <= Everything.MaximumBytes);
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar")]
    public void Names_that_fall_together_are_refused(string kind) =>
        Assert.Contains("is there twice", Assert.Throws<InvalidDataException>(() => Archive.Unpack(Write(kind, ("a/b.txt", "1"), ("A/B.txt", "2")), Target, Everything)).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_damaged_archive_is_named(string kind)
    {
        var path = Write(kind, ("a.txt", string.Concat(Enumerable.Range(0, 2000).Select(i => i * i))));
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => Archive.Unpack(path, Target, Everything)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "no archive at all, but long enough to be looked at as one");
        Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => Archive.Unpack(path, Target, Everything)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_without_what_is_wanted_is_an_error() =>
        Assert.Throws<InvalidDataException>(() => Archive.Unpack(Write("zip", ("a.txt", "1")), Target, new UnpackRule("set", 1, 1)));

    private string Write(string kind, params (string Name, string Text)[] entries)
    {
        var path = Path.Combine(_root, "archive." + kind);
        using var file = File.Create(path);
        if (kind == "zip")
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Create);
            foreach (var (name, text) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        else
        {
            using var tar = new TarWriter(kind == "tar" ? file : new GZipStream(file, CompressionLevel.Optimal));
            foreach (var (name, text) in entries)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }

        return path;
    }
}
