using System.Text;
using SemPLeS.Weights;
using Xunit;

namespace SemPLeS.Tests.Weights;

public sealed class HostileFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, Func<byte[]>, string> Pickles { get; } = new()
    {
        { "calls the shell", () => new PickleBytes().Global("posix", "system").Text("true").Raw(0x85, (byte)'R').End(), "asks for posix.system" },
        { "evaluates", () => new PickleBytes().Text("builtins").Text("eval").Raw(0x93).Text("1").Raw(0x85, (byte)'R').End(), "asks for builtins.eval" },
        { "hides behind an allowed module", () => new PickleBytes().Global("torch._utils", "_import_dotted_name").End(), "asks for torch._utils._import_dotted_name" },
        { "reaches through an allowed name", () => new PickleBytes().Global("collections", "OrderedDict.__class__").End(), "OrderedDict.__class__" },
        { "calls a data type", () => new PickleBytes().Global("torch", "float32").Raw((byte)')', (byte)'R').End(), "makes no sense" },
        { "calls a tensor's builder with something else", () => new PickleBytes().Global("torch._utils", "_rebuild_tensor_v2").Raw((byte)')', (byte)'R').End(), "_rebuild_tensor_v2" },
        { "sets up a class", () => new PickleBytes().Global("argparse", "Namespace").Raw((byte)'}', (byte)'b').End(), "takes nothing" },
        { "has an old opcode", () => new PickleBytes().Raw([(byte)'(', (byte)'i', .. "posix\nsystem\n"u8]).End(), "opcode 0x69" },
        { "has an extension", () => new PickleBytes().Raw(0x82, 1).End(), "opcode 0x82" },
        { "has an unknown opcode", () => new PickleBytes().Raw(0xFF).End(), "opcode 0xFF" },
        { "recalls what it never remembered", () => new PickleBytes().Raw((byte)'j', 0xFF, 0xFF, 0xFF, 0x7F).End(), "makes no sense" },
        { "remembers in a far place", () => new PickleBytes().Raw((byte)'N', (byte)'r', 0xFF, 0xFF, 0xFF, 0xFF).End(), "makes no sense" },
        { "takes from an empty stack", () => new PickleBytes().Raw((byte)'0').End(), "makes no sense" },
        { "holds a text of 4 GB", () => new PickleBytes().Raw((byte)'X', 0xFF, 0xFF, 0xFF, 0xFF).End(), "truncated" },
        { "holds bytes of 16 EB", () => new PickleBytes().Raw([0x8E, .. PickleBytes.Eight(-1)]).End(), "truncated" },
        { "has a name without end", () => new PickleBytes().Raw((byte)'c').Repeat(5000, (byte)'a').End(), "more than 1024" },
        { "holds itself", () => new PickleBytes().Raw((byte)']', (byte)'q', 0, (byte)'h', 0, (byte)'a').End(), "nested" },
        { "holds itself in a dictionary", () => new PickleBytes().Raw((byte)'}', (byte)'q', 0).Text("state_dict").Raw((byte)'h', 0, (byte)'s').End(), "nested" },
        { "doubles forty times", Doubling, "nested" },
        { "lists a list of a hundred thousand numbers a hundred thousand times", ManyLists, "shared too often" },
        { "nests a hundred thousand tuples", () => new PickleBytes().Raw((byte)')').Repeat(100_000, 0x85).End(), "nested" },
        { "builds three million lists", () => new PickleBytes().Repeat(3_000_000, (byte)']').End(), "more than 2000000" },
        { "has a list as a key", () => new PickleBytes().Raw((byte)'}', (byte)']', (byte)'N', (byte)'s').End(), "makes no sense" },
        { "has a key twice", () => new PickleBytes().Raw((byte)'}', (byte)'K', 1, (byte)'N', (byte)'s', (byte)'K', 1, (byte)'N', (byte)'s').End(), "makes no sense" },
        { "is of protocol 0", () => [0x80, 0, (byte)'N', (byte)'.'], "protocol is 0" },
        { "holds nothing", () => new PickleBytes().Raw((byte)'N').End(), "no tensor" },
    };

    public static TheoryData<string, Func<byte[]>, string> Tensors { get; } = new()
    {
        { "reaches beyond its storage", () => Tensor(16, 0, [17], [1]), "beyond the 16 elements" },
        { "begins beyond its storage", () => Tensor(16, long.MaxValue, [1], [1]), "beyond the 16 elements" },
        { "begins before its storage", () => Tensor(16, -1, [1], [1]), "make no tensor" },
        { "strides beyond its storage", () => Tensor(16, 0, [2, 2], [15, 1]), "beyond" },
        { "strides far", () => Tensor(16, 0, [2, 2], [long.MaxValue, 1]), "beyond" },
        { "sees elements twice", () => Tensor(16, 0, [4, 4], [1, 1]), "twice" },
        { "is one element, a billion times", () => Tensor(16, 0, [1_000_000_000], [0]), "twice" },
        { "has a negative size", () => Tensor(16, 0, [-1], [1]), "make no tensor" },
        { "has a negative stride", () => Tensor(16, 15, [16], [-1]), "make no tensor" },
        { "has fewer strides than sizes", () => Tensor(16, 0, [4, 4], [1]), "make no tensor" },
        { "has a thousand dimensions", () => Tensor(16, 0, new long[1000], new long[1000]), "make no tensor" },
        { "has too many elements to count", () => Tensor(16, 0, [1L << 40, 1L << 40], [1L << 40, 1]), "memory can hold" },
        { "has none, in a shape that can't be counted", () => Tensor(16, 0, [0, 1L << 40, 1L << 40], [1, 1, 1]), "memory can hold" },
        { "has a storage shorter than said", () => Tensor(17, 0, [4], [1]), "too few for 17" },
        { "has a storage of more than memory", () => Tensor(long.MaxValue, 0, [4], [1]), "too few" },
        { "has a storage of negative length", () => Tensor(-1, 0, [4], [1]), "no storage" },
        { "has a storage that is not there", () => ZipBytes.Checkpoint(new PickleBytes().Tensor("1", 16, 0, [4], [1]).End()), "no storage '1'" },
        { "has a storage with a path for a name", () => ZipBytes.Checkpoint(new PickleBytes().Tensor("../data.pkl", 4, 0, [4], [1]).End()), "no storage '../data.pkl'" },
        { "is quantised", () => ZipBytes.Checkpoint(new PickleBytes().Tensor("0", 16, 0, [4], [1], "QInt8Storage").End()), "quantised" },
        { "lies on no device", () => ZipBytes.Checkpoint(new PickleBytes().Storage("0", 16, location: "meta").End()), "meta" },
        { "has a storage of two types", TwoTypes, "two types" },
        { "has a thousand names", () => ManyNames([100_000], [1]), "16 times" },
        { "is two numbers of a storage, a thousand times", () => ManyNames([2], [99_999]), "16 times" },
    };

    public static TheoryData<string, Func<byte[]>, string> Archives { get; } = new()
    {
        { "has no pickle", () => new ZipBytes().Add("archive/version", "3"u8.ToArray()).End(), "without PyTorch's data.pkl" },
        { "has two pickles", () => new ZipBytes().Add("a/data.pkl", Sound()).Add("b/data.pkl", Sound()).End(), "or with several" },
        { "has an entry twice", () => new ZipBytes().Add("a/data.pkl", Sound()).Add("a/data/0", new byte[64]).Add("a/data/0", new byte[64]).End(), "two entries 'a/data/0'" },
        { "climbs out", () => new ZipBytes().Add("a/data.pkl", Sound()).Add("a/../../data/0", new byte[64]).End(), "leads out" },
        { "begins at the root", () => new ZipBytes().Add("/data.pkl", Sound()).End(), "leads out" },
        { "names a drive", () => new ZipBytes().Add("C:\\data.pkl", Sound()).End(), "leads out" },
        { "compresses its pickle", () => new ZipBytes().Add("a/data.pkl", Sound(), method: 8).End(), "compressed (method 8" },
        { "unpacks to a terabyte", () => new ZipBytes().Add("a/data.pkl", Sound()).Add("a/data/0", new byte[64], method: 8, length: uint.MaxValue - 1).End(), "4294967294" },
        { "says more than it stores", () => new ZipBytes().Add("a/data.pkl", Sound()).Add("a/data/0", new byte[4], length: 64).End(), "compressed (method 0" },
        { "is encrypted", () => new ZipBytes().Add("a/data.pkl", Sound(), flags: 1).End(), "encrypted" },
        { "has one entry upon another", () => new ZipBytes().Add("a/data.pkl", Sound()).Add("a/data/0", new byte[64], offset: 0).End(), "reaches into" },
        { "has an entry as long as a file may be", () => new ZipBytes().Add("a/data.pkl", Sound(), length: uint.MaxValue - 1, storedLength: uint.MaxValue - 1).End(), "outside the archive" },
        { "has more entries than said", () => new ZipBytes().Add("a/data.pkl", Sound()).End(count: 60_000), "60000 entries" },
        { "is empty", () => new ZipBytes().End(), "without PyTorch's data.pkl" },
        { "has no end", () => new ZipBytes().Add("a/data.pkl", Sound()).End()[..^1], "end is missing" },
    };

    public static TheoryData<string, Func<byte[]>, string> Others { get; } = new()
    {
        { "is empty", () => [], "too few" },
        { "is a text", () => Encoding.UTF8.GetBytes("<html><body>Not found</body></html>"), "<html>" },
        { "is a pointer", () => Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 605\n"), "git lfs pull" },
        { "is a pickle of something else", () => new PickleBytes().Raw((byte)'N').End(), "torch.save" },
        { "has NaN in its header", () => Header("""{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,4]}}""", 4), "JSON" },
        { "has an infinite size", () => Header("""{"a":{"dtype":"F32","shape":[1e999],"data_offsets":[0,4]}}""", 4), "list of sizes" },
        { "has a size with a fraction", () => Header("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4), "list of sizes" },
        { "nests its header", () => Header("{\"a\":" + new string('[', 100_000), 0), "JSON" },
        { "has a shape without elements that can't be counted", () => Header("""{"a":{"dtype":"F32","shape":[0,1099511627776,1099511627776],"data_offsets":[0,0]}}""", 0), "'a'" },
        { "is an older format without version", () => [.. TorchMagic, (byte)'.', 0x80, 2, (byte)'K', 1, (byte)'.'], "version 1001" },
        { "is an older format without storages", () => Legacy([0x80, 2, (byte)'N', (byte)'.'], []), "list of its storages" },
        { "lists a storage twice", () => Legacy(new PickleBytes().Raw((byte)']', (byte)'(').Text("0").Text("0").Raw((byte)'e').End(), [.. PickleBytes.Eight(16), .. new byte[64], .. PickleBytes.Eight(16), .. new byte[64]]), "twice" },
        { "lists a storage of exabytes", () => Legacy(OneStorage(), [.. PickleBytes.Eight(long.MaxValue), .. new byte[64]]), "does not fit" },
        { "lists a storage of negative length", () => Legacy(OneStorage(), [.. PickleBytes.Eight(-1), .. new byte[64]]), "does not fit" },
        { "ends before its storage", () => Legacy(OneStorage(), []), "missing" },
    };

    private static byte[] TorchMagic => [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Pickles))]
    [MemberData(nameof(Tensors))]
    [MemberData(nameof(Archives))]
    [MemberData(nameof(Others))]
    public void A_hostile_file_is_an_error_that_names_file_and_fault(string what, Func<byte[]> make, string named)
    {
        var path = _folder.File(what);
        var bytes = make();
        File.WriteAllBytes(path, Pickles.Any(row => (string)row[0] == what && (Func<byte[]>)row[1] == make) ? ZipBytes.Checkpoint(bytes) : bytes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Assert.Throws<InvalidDataException>(() => WeightsFile.Open(path)).Message;

        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.True(message.Length < path.Length + 20_000, $"a message of {message.Length} characters");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000 + 100L * bytes.Length);
    }

    [Fact]
    public void The_sound_file_that_the_others_differ_from_is_read()
    {
        var path = _folder.File("sound");
        File.WriteAllBytes(path, ZipBytes.Checkpoint(Sound()));
        using (var file = WeightsFile.Open(path))
        using (var values = file.Read(""))
            Assert.Equal([4, 4], values.shape);
        File.WriteAllBytes(path, Legacy(OneStorage(), [.. PickleBytes.Eight(16), .. new byte[64]]));
        using (var file = WeightsFile.Open(path))
        using (var values = file.Read(""))
            Assert.Equal([4, 4], values.shape);
    }

    private static byte[] Sound() => new PickleBytes().Tensor("0", 16, 0, [4, 4], [4, 1]).End();

    private static byte[] OneStorage() => new PickleBytes().Raw((byte)']').Text("0").Raw((byte)'a').End();

    private static byte[] Tensor(long count, long offset, long[] shape, long[] strides) => ZipBytes.Checkpoint(new PickleBytes().Tensor("0", count, offset, shape, strides).End());

    /// <summary>Each dictionary holds the one before twice.</summary>
    private static byte[] Doubling()
    {
        var pickle = new PickleBytes().Raw((byte)'}', (byte)'q', 0);
        for (byte level = 1; level <= 40; level++)
            pickle.Raw((byte)'}', (byte)'(').Text("a").Raw((byte)'h', (byte)(level - 1)).Text("b").Raw((byte)'h', (byte)(level - 1)).Raw((byte)'u', (byte)'q', level);
        return pickle.End();
    }

    private static byte[] TwoTypes() =>
        ZipBytes.Checkpoint(new PickleBytes().Raw((byte)'(').Tensor("0", 8, 0, [8], [1]).Tensor("0", 4, 0, [4], [1], "DoubleStorage").Raw((byte)'t').End());

    private static byte[] ManyLists() => new PickleBytes()
        .Raw((byte)']', (byte)'(').Repeat(100_000, (byte)'K', 1).Raw((byte)'e', (byte)'q', 0, (byte)'(').Repeat(100_000, (byte)'h', 0).Raw((byte)'t').End();

    private static byte[] ManyNames(long[] shape, long[] strides)
    {
        var pickle = new PickleBytes().Tensor("0", 100_000, 0, shape, strides).Raw((byte)'q', 0, (byte)'(').Repeat(1000, (byte)'h', 0);
        return ZipBytes.Checkpoint(pickle.Raw((byte)'t').End(), 400_000);
    }

    private static byte[] Header(string json, int dataBytes) => [.. PickleBytes.Eight(Encoding.UTF8.GetByteCount(json)), .. Encoding.UTF8.GetBytes(json), .. new byte[dataBytes]];

    private static byte[] Legacy(byte[] keys, byte[] storages) =>
        [.. TorchMagic, (byte)'.', 0x80, 2, (byte)'M', 0xE9, 3, (byte)'.', 0x80, 2, (byte)'}', (byte)'.', .. Sound(), .. keys, .. storages];
}
