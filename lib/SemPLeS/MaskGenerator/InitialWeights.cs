using SemPLeS.Data;
using SemPLeS.Weights;
using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>
/// Draws the values that a vision transformer starts from, as DeiT starts: N(0, .02) (the truncation at 2, a hundred deviations away, never acts), biases 0,
/// norms the identity; patch embedding uniform in +-1/sqrt(fan in), PyTorch's default.
/// </summary>
/// <param name="module">The network; it is not changed here.</param>
internal sealed class InitialWeights(nn.Module module)
{
    private const double Deviation = .02;

    /// <summary>Which parameters are drawn; the others are left out.</summary>
    public Func<string, bool> Wanted { get; init; } = _ => true;

    /// <summary>Which parameters are uniform, besides the patch embedding.</summary>
    public Func<string, bool> IsUniform { get; init; } = _ => false;

    /// <summary>The standard deviation of a normally distributed parameter; null: .02.</summary>
    public Func<string, double?> DeviationOf { get; init; } = _ => null;

    /// <summary>Draws parameters in the order of their names, so that the order of a module's fields does not matter.</summary>
    public Dictionary<string, float[]> Draw(RandomStream random)
    {
        var parameters = module.state_dict();
        var values = new Dictionary<string, float[]>();
        foreach (var (name, parameter) in parameters.Where(pair => Wanted(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var drawn = new float[parameter.NumberOfElements];
            if (name.Contains("norm", StringComparison.Ordinal))
                Array.Fill(drawn, name.EndsWith(".weight", StringComparison.Ordinal) ? 1 : 0);
            else if (IsUniform(name) || name.Contains("patch_embed.", StringComparison.Ordinal))
                FillUniform(drawn, FanIn(parameters[WeightOf(name)]), random);
            else if (!name.EndsWith(".bias", StringComparison.Ordinal))
                random.FillNormal(drawn, standardDeviation: DeviationOf(name) ?? Deviation);
            values.Add(name, drawn);
        }

        return values;

        static string WeightOf(string name) => name[..(name.LastIndexOf('.') + 1)] + "weight";
        static long FanIn(Tensor weight) => weight.NumberOfElements / weight.shape[0];
    }

    /// <summary>The values as tensors of the caller's scope, in the parameters' shapes.</summary>
    public Dictionary<string, Tensor> AsTensors(Dictionary<string, float[]> values)
    {
        var parameters = module.state_dict();
        return values.ToDictionary(pair => pair.Key, pair => tensor(pair.Value, parameters[pair.Key].shape));
    }

    /// <summary>Gives the module all of its values.</summary>
    public void Set(Dictionary<string, float[]> values)
    {
        using var scope = NewDisposeScope();
        StateDict.Load(module, AsTensors(values), nameof(InitialWeights));
    }

    private static void FillUniform(float[] values, long fanIn, RandomStream random)
    {
        var bound = 1 / Math.Sqrt(fanIn);
        foreach (ref var value in values.AsSpan())
            value = (float)random.Uniform(-bound, bound);
    }
}
