using SemPLeS.PseudoMasks;
using SemPLeS.Tests.Weights;
using Xunit;

namespace SemPLeS.Tests.PseudoMasks;

public sealed class CamFileTests : IDisposable
{
    private static readonly ClassActivationMaps Cams = new(3, 2, [4, 14], [0, .125f, .25f, .5f, .75f, 1, 1, .1f, .2f, .3f, .4f, 0]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.npy")]
    [InlineData("a.safetensors")]
    public void What_was_written_is_read(string name)
    {
        var path = _folder.File(name);
        CamFile.Save(Cams, path);

        var read = CamFile.Load(path, 3, 2, 20);

        Assert.Equal((3, 2), (read.Width, read.Height));
        Assert.Equal(Cams.Classes, read.Classes);
        Assert.Equal(Cams.Values, read.Values);
    }

    [Theory]
    [InlineData("a.npy")]
    [InlineData("a.safetensors")]
    public void A_picture_without_classes_has_a_file_without_maps(string name)
    {
        var path = _folder.File(name);
        CamFile.Save(new ClassActivationMaps(3, 2, [], []), path);

        Assert.Empty(CamFile.Load(path, 3, 2, 20).Classes);
    }

    [NumpyFact]
    public void Numpy_reads_what_was_written()
    {
        var path = _folder.File("a.npy");
        CamFile.Save(Cams, path);

        var output = NumpyFactAttribute.Output($"""
            import numpy as np
            cams = np.load({Text(path)}, allow_pickle=True).item()
            print([(type(k).__name__, k, str(v.dtype), v.shape, v.tolist() == {Lists()}[i]) for i, (k, v) in enumerate(cams.items())])
            """);

        Assert.Equal("[('int', 4, 'float32', (2, 3), True), ('int', 14, 'float32', (2, 3), True)]", output);
    }

    [NumpyFact]
    public void What_numpy_wrote_is_read_at_every_protocol()
    {
        var path = _folder.File("b.npy");
        foreach (var protocol in new[] { 3, 4 })
        {
            NumpyFactAttribute.Output($$"""
                import numpy as np, pickle
                cams = {4: np.array({{Lists()}}[0], np.float32), 14: np.array({{Lists()}}[1], np.float32)}
                array = np.array(cams, dtype=object)
                with open({{Text(path)}}, 'wb') as f:
                    np.lib.format.write_array_header_1_0(f, np.lib.format.header_data_from_array_1_0(array))
                    pickle.dump(array, f, protocol={{protocol}})
                """);

            Assert.Equal(Cams.Values, CamFile.Load(path, 3, 2, 20).Values);
        }

        NumpyFactAttribute.Output($"import numpy as np; np.save({Text(path)}, {{0: np.ones((2, 3), np.float32)}})");
        Assert.Equal([0], CamFile.Load(path, 3, 2, 20).Classes);
    }

    [NumpyFact]
    public void An_array_that_is_no_dictionary_of_float32_maps_is_an_error_that_names_the_file()
    {
        foreach (var value in new[] { "np.ones((2, 3))", "{0: np.ones((2, 3))}", "{0: np.ones(6, np.float32)}", "{'0': np.ones((2, 3), np.float32)}", "{0: np.asfortranarray(np.ones((2, 3), np.float32))}", "[1, 2]" })
        {
            var path = _folder.File("c.npy");
            NumpyFactAttribute.Output($"import numpy as np; np.save({Text(path)}, {value})");
            AssertNames(path);
        }
    }

    [Fact]
    public void A_pickle_that_asks_for_code_is_refused_by_name()
    {
        var path = _folder.File("evil.npy");
        CamFile.Save(Cams, path);
        var file = File.ReadAllBytes(path);
        var start = file.AsSpan().IndexOf((byte)'\n') + 1;
        File.WriteAllBytes(path, [.. file[..start], 0x80, 3, .. "cposix\nsystem\nX\x04\0\0\0true"u8, 0x85, (byte)'R', (byte)'.']);

        Assert.Contains("posix.system", AssertNames(path));
    }

    [Fact]
    public void A_truncated_or_damaged_file_is_an_error_that_names_it()
    {
        var path = _folder.File("a.npy");
        CamFile.Save(Cams, path);
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            AssertNames(path);
        }

        var random = new Random(1);
        for (var i = 0; i < 3000; i++)
        {
            var damaged = whole.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            damaged[random.Next(128, damaged.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, damaged);
            // Some changes leave a file that can be read: any other error than these would be a defect.
            if (Record.Exception(() => CamFile.Load(path, 3, 2, 20)) is { } error)
                Assert.IsType<InvalidDataException>(error);
        }
    }

    [Theory]
    [InlineData(2, 3, 20, "3x2")]
    [InlineData(3, 2, 14, "class 14")]
    public void Maps_of_another_size_or_class_are_an_error_that_names_the_file(int width, int height, int classes, string what)
    {
        foreach (var name in new[] { "a.npy", "a.safetensors" })
        {
            var path = _folder.File(name);
            CamFile.Save(Cams, path);

            var message = Assert.Throws<InvalidDataException>(() => CamFile.Load(path, width, height, classes)).Message;
            Assert.Contains(path, message);
            Assert.Contains(what, message);
        }
    }

    [Fact]
    public void Values_outside_their_range_are_an_error_that_names_the_file()
    {
        var path = _folder.File("a.npy");
        CamFile.Save(new ClassActivationMaps(2, 1, [0], [.5f, float.NaN]), path);

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => CamFile.Load(path, 2, 1, 20)).Message);
    }

    [Fact]
    public void Another_extension_is_an_error() => Assert.Throws<ArgumentException>(() => CamFile.Save(Cams, _folder.File("a.npz")));

    private static string Text(string path) => $"r'{path}'";

    private static string Lists() => "[np.array(m, np.float32).tolist() for m in ([[0, .125, .25], [.5, .75, 1]], [[1, .1, .2], [.3, .4, 0]])]";

    private static string AssertNames(string path)
    {
        var message = Assert.Throws<InvalidDataException>(() => CamFile.Load(path, 3, 2, 20)).Message;
        Assert.Contains(path, message);
        return message;
    }
}
