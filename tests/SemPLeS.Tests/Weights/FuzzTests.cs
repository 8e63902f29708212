using System.Diagnostics;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Weights;

/// <summary>Damaged copies of sound files of every format: each is read, or is an InvalidDataException that names it.</summary>
public sealed class FuzzTests : IDisposable
{
    // What numbers in files are attacked with, and the pickle opcodes that build.
    private static readonly long[] Extremes = [0, 1, -1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, int.MaxValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 40];
    private static readonly byte[] Opcodes = [.. "NJKMGXUTCB(012)t]ae}sucRbQqrhj."u8, 0x80, 0x81, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x8D, 0x8E, 0x8F, 0x90, 0x91, 0x93, 0x94, 0x95];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Twenty_thousand_damaged_files_are_read_or_refused_in_time_and_memory() => Run(seed: 1, mutations: 20_000);

    [Theory]
    [Trait(Speed.Name, Speed.Slow)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_million_damaged_files_are_read_or_refused_in_time_and_memory(int seed) => Run(seed, mutations: 250_000);

    private void Run(int seed, int mutations)
    {
        var corpus = Corpus();
        var random = new Random(seed);
        var path = _folder.File("damaged");
        var (read, refused) = (0, 0);
        for (var i = 0; i < mutations; i++)
        {
            var bytes = Damage(corpus[i % corpus.Count], corpus, random);
            File.WriteAllBytes(path, bytes);
            var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            var error = Record.Exception(() => ReadAll(path));
            var (allocated, elapsed) = (GC.GetAllocatedBytesForCurrentThread() - before, Stopwatch.GetElapsedTime(start));
            if (error is null)
                read++;
            else if (error is InvalidDataException && error.Message.Contains(path, StringComparison.Ordinal))
                refused++;
            else
                Assert.Fail($"mutation {i} of seed {seed}: {error}");
            Assert.True(allocated < 1_000_000 + 100L * bytes.Length, $"mutation {i} of seed {seed}: {allocated} bytes were allocated for a file of {bytes.Length}.");
            Assert.True(elapsed < TimeSpan.FromMinutes(1), $"mutation {i} of seed {seed} took {elapsed}.");
        }

        // The damage goes deep enough to matter, and not so deep that nothing is left to read.
        Assert.True(read > mutations / 50 && refused > mutations / 5, $"{read} were read, {refused} refused.");
    }

    private static void ReadAll(string path)
    {
        using var scope = NewDisposeScope();
        using var file = WeightsFile.Open(path);
        foreach (var name in file.Names)
            file.Read(name).Dispose();
    }

    private List<byte[]> Corpus()
    {
        using var scope = NewDisposeScope();
        var path = _folder.File("sound.safetensors");
        SafetensorsFile.Write(path, [("a", TorchFixtures.Ramp(2, 3)), ("b", TorchFixtures.Ramp(ScalarType.Int64, 4)), ("c", zeros([0, 3]))], new Dictionary<string, string> { ["k"] = "v" });
        return
        [
            .. new[] { "checkpoint-legacy.pth", "checkpoint-zip.pth", "layouts-legacy.pth", "layouts-zip.pth", "script.pt", "types-zip.pth", "types-big-endian.pth" }
                .Select(name => File.ReadAllBytes(TorchFixtures.Path(name))),
            File.ReadAllBytes(path),
        ];
    }

    private static byte[] Damage(byte[] sound, List<byte[]> corpus, Random random)
    {
        var bytes = sound.ToArray();
        for (var times = random.Next(1, 4); times > 0 && bytes.Length > 16; times--)
        {
            var place = random.Next(bytes.Length - 8);
            var length = Math.Min(random.Next(1, 64), bytes.Length - place);
            switch (random.Next(10))
            {
                case 0: bytes[place] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[place] = (byte)random.Next(256); break;
                case 2: bytes[place] = Opcodes[random.Next(Opcodes.Length)]; break;
                case 3: PickleBytes.Four(Extremes[random.Next(Extremes.Length)]).CopyTo(bytes, place); break;
                case 4: PickleBytes.Eight(Extremes[random.Next(Extremes.Length)]).CopyTo(bytes, place); break;
                case 5: random.NextBytes(bytes.AsSpan(place, length)); break;
                case 6: bytes = bytes[..place]; break;
                case 7: bytes = [.. bytes[..place], .. bytes[(place + length)..]]; break;
                case 8: bytes = [.. bytes[..(place + length)], .. bytes[place..]]; break;
                default:
                    var other = corpus[random.Next(corpus.Count)];
                    other.AsSpan(random.Next(other.Length - 16), 8).CopyTo(bytes.AsSpan(place));
                    break;
            }
        }

        return bytes;
    }
}
