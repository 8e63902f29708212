using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Weights;

public sealed class StateDictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_module_loads_what_another_saved_in_half_precision_too()
    {
        using var scope = NewDisposeScope();
        var (saved, loaded) = (nn.Linear(4, 3), nn.Linear(4, 3));
        StateDict.Save(saved, Path, dtype: ScalarType.Float16);
        using var file = SafetensorsFile.Open(Path);

        Assert.True(StateDict.Load(loaded, file).IsMatch);
        Assert.Equal(saved.weight.to(ScalarType.Float16).to(ScalarType.Float32).detach().bytes, loaded.weight.bytes);
        Assert.True(loaded.weight.requires_grad);
    }

    [Fact]
    public void A_misfit_is_an_error_that_names_everything_and_loads_nothing()
    {
        using var scope = NewDisposeScope();
        var module = nn.Linear(4, 3);
        var before = module.weight.bytes.ToArray();
        SafetensorsFile.Write(Path, [("weight", zeros([3, 4])), ("bias", zeros([4])), ("other", zeros([1]))]);
        using var file = SafetensorsFile.Open(Path);

        var message = Assert.Throws<InvalidDataException>(() => StateDict.Load(module, file)).Message;
        Assert.All([Path, "1 unexpected (other)", "bias: expected [3], found [4]"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => StateDict.Load(module, file, strict: false));
        Assert.Equal(before, module.weight.bytes);
    }

    [Fact]
    public void A_missing_tensor_is_an_error_unless_names_may_differ()
    {
        using var scope = NewDisposeScope();
        var module = nn.Linear(4, 3);
        SafetensorsFile.Write(Path, [("part.weight", ones([3, 4])), ("elsewhere", zeros([1]))]);
        using var file = SafetensorsFile.Open(Path);

        Assert.Contains("1 missing (bias)", Assert.Throws<InvalidDataException>(() => StateDict.Load(module, file, "part.")).Message, StringComparison.Ordinal);
        Assert.Equal(["bias"], StateDict.Load(module, file, "part.", strict: false).Missing);
        Assert.Equal(12, module.weight.sum().item<float>());
    }

    private string Path => _folder.File("module.safetensors");
}
