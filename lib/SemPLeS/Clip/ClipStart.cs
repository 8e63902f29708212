using SemPLeS.Data;
using SemPLeS.Weights;
using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>The weights that CLIP's own training starts from. Every random number comes from the stream that is given.</summary>
public static class ClipStart
{
    private const double Temperature = .07;

    /// <summary>
    /// The normal distributions of OpenAI's text encoder for the blocks of both encoders: attention width^-.5 in, width^-.5 (2 layers)^-.5 out;
    /// feed-forward (2 width)^-.5 in, width^-.5 (2 layers)^-.5 out; biases 0. Tokens N(0, .02), text positions N(0, .01); class token, vision positions and
    /// projections N(0, width^-.5); patches uniform in +-1/sqrt(fan in), PyTorch's default; logit scale ln(1/.07).
    /// </summary>
    /// <exception cref="ArgumentException">The settings are not consistent; the message names the value.</exception>
    public static ClipModel Random(ClipSettings settings, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(random);
        var clip = new ClipModel(settings);
        using var scope = NewDisposeScope();
        var values = new Dictionary<string, Tensor>();
        // In the order of names, so that the order of a module's fields does not matter.
        foreach (var (name, parameter) in clip.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var drawn = new float[parameter.NumberOfElements];
            Draw(name, drawn, settings, random);
            values.Add(name, tensor(drawn, parameter.shape));
        }

        StateDict.Load(clip, values, nameof(ClipStart));
        return clip;
    }

    private static void Draw(string name, float[] values, ClipSettings settings, RandomStream random)
    {
        var vision = name.StartsWith("visual.", StringComparison.Ordinal);
        var (width, layers) = vision ? (settings.VisionWidth, settings.VisionLayers) : (settings.TextWidth, settings.TextLayers);
        var parts = name.Split('.');
        var field = parts[^1] is "weight" or "bias" ? $"{parts[^2]}.{parts[^1]}" : parts[^1];
        if (field == "logit_scale")
            Array.Fill(values, (float)Math.Log(1 / Temperature));
        else if (field.StartsWith("ln_", StringComparison.Ordinal))
            Array.Fill(values, field.EndsWith(".weight", StringComparison.Ordinal) ? 1 : 0);
        else if (field == "conv1.weight")
            FillUniform(values, 1 / Math.Sqrt(3.0 * settings.PatchSize * settings.PatchSize), random);
        else if (!field.EndsWith("bias", StringComparison.Ordinal))
            random.FillNormal(values, standardDeviation: Deviation(field, vision, width, layers));
    }

    private static double Deviation(string name, bool vision, int width, int layers) => name switch
    {
        "out_proj.weight" or "c_proj.weight" => Math.Pow(width, -.5) * Math.Pow(2 * layers, -.5),
        "c_fc.weight" => Math.Pow(2 * width, -.5),
        "token_embedding.weight" => .02,
        "positional_embedding" when !vision => .01,
        _ => Math.Pow(width, -.5),
    };

    private static void FillUniform(float[] values, double bound, RandomStream random)
    {
        foreach (ref var value in values.AsSpan())
            value = (float)random.Uniform(-bound, bound);
    }
}
