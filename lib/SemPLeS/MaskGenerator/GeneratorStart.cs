using SemPLeS.Data;
using SemPLeS.Weights;
using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>The weights that training starts from. Every random number comes from the stream that is given.</summary>
public static class GeneratorStart
{
    private const double Deviation = .02;

    /// <summary>
    /// Random weights, as DeiT starts: N(0, .02) for the blocks' linear layers, class tokens and positions (the truncation at 2, a hundred deviations away, never
    /// acts), biases 0; patch embedding, head and fusion uniform in +-1/sqrt(fan in), PyTorch's default.
    /// </summary>
    /// <exception cref="ArgumentException">The settings are not consistent; the message names the value.</exception>
    public static WeakTrGenerator Random(GeneratorSettings settings, RandomStream random)
    {
        var generator = new WeakTrGenerator(settings);
        Set(generator, Draw(generator, random, _ => true));
        return generator;
    }

    /// <summary>
    /// The start of a small generator that has no pre-training behind it: as <see cref="Random"/>, but query and key weights of a block are one draw of
    /// N(0, .2 / head width), so that patches attend to their like from the first step, and patch positions are .3 [sin x w, cos x w, sin y w, cos y w] with
    /// w_j = 10000^(-4 j / width) and coordinates 14 / grid x (0, 1, ...).
    /// </summary>
    /// <exception cref="ArgumentException">The settings are not consistent, or the width is not a multiple of 4.</exception>
    public static WeakTrGenerator Miniature(GeneratorSettings settings, RandomStream random)
    {
        if (settings.Width % 4 != 0)
            throw new ArgumentException($"The width {settings.Width} is not a multiple of 4.", nameof(settings));
        var generator = new WeakTrGenerator(settings);
        var values = Draw(generator, random, _ => true);
        var square = settings.Width * settings.Width;
        for (var block = 0; block < settings.Depth; block++)
        {
            var weights = values[$"blocks.{block}.attn.qkv.weight"].AsSpan();
            random.FillNormal(weights[..square], standardDeviation: Math.Sqrt(.2 / settings.HeadWidth));
            weights[..square].CopyTo(weights[square..]);
        }

        FillWaves(values["pos_embed"].AsSpan(settings.Classes * settings.Width), settings.Grid, settings.Width);
        Set(generator, values);
        return generator;
    }

    /// <summary>
    /// Starts from the trunk of trained weights: blocks, patch embedding, norm and patch positions, resized bicubically where the grid differs. Each class token is the mean of
    /// the file's class tokens, plus noise; each class position is the mean of theirs. So a plain ViT or DeiT, which has one, gives its token to every class.
    /// Head and fusion start as in <see cref="Random"/>; the file's own are ignored.
    /// </summary>
    /// <param name="settings">Settings whose width, depth, patch and hidden width are the file's.</param>
    /// <param name="file">A ViT or DeiT under timm's names, or a mask generator with any classes.</param>
    /// <param name="random">Draws head, fusion and noise.</param>
    /// <param name="tokenDeviation">Standard deviation of the noise on class tokens: 0 as WeakTr does with DeiT, .02 in the miniature world.</param>
    /// <exception cref="ArgumentException">The settings are not consistent.</exception>
    /// <exception cref="InvalidDataException">The weights are of another architecture; the message names file, tensors and shapes.</exception>
    public static WeakTrGenerator FromTrunk(GeneratorSettings settings, SafetensorsFile file, RandomStream random, double tokenDeviation = 0)
    {
        var generator = new WeakTrGenerator(settings);
        try
        {
            using var scope = NewDisposeScope();
            var values = TrunkValues(generator, file);
            var shapes = generator.state_dict();
            foreach (var (name, drawn) in Draw(generator, random, IsHeadOrFusion))
                values.Add(name, tensor(drawn, shapes[name].shape));
            if (tokenDeviation > 0)
            {
                var noise = new float[settings.Classes * settings.Width];
                random.FillNormal(noise, standardDeviation: tokenDeviation);
                values["cls_token"] = values["cls_token"] + tensor(noise, [1, settings.Classes, settings.Width]);
            }

            StateDict.Load(generator, values, file.FilePath);
            return generator;
        }
        catch
        {
            generator.Dispose();
            throw;
        }
    }

    private static Dictionary<string, Tensor> TrunkValues(WeakTrGenerator generator, SafetensorsFile file)
    {
        var settings = generator.Settings;
        var tokens = SecondSize("cls_token") ?? 1;
        var grid = (int)Math.Round(Math.Sqrt(Math.Max((SecondSize("pos_embed") ?? 0) - tokens, 1)));
        var expected = generator.state_dict().Where(pair => !IsHeadOrFusion(pair.Key)).ToDictionary(pair => pair.Key, pair => (IReadOnlyList<long>)pair.Value.shape);
        expected["cls_token"] = [1, tokens, settings.Width];
        expected["pos_embed"] = [1, tokens + (long)grid * grid, settings.Width];
        var report = StateDictReport.Compare(expected, file.Names.Where(name => !IsHeadOrFusion(name)).ToDictionary(name => name, name => file.Entry(name).Shape));
        if (!report.IsMatch)
            throw new InvalidDataException($"{file.FilePath} can't start a generator of width {settings.Width} and depth {settings.Depth}: {report}.");

        var values = expected.Keys.ToDictionary(name => name, file.ReadFloat);
        var positions = values["pos_embed"];
        var patches = positions.narrow(1, tokens, (long)grid * grid);
        if (grid != settings.Grid)
            patches = PositionResize.Bicubic(patches, grid, settings.Grid, settings.Grid, slack: 0);
        values["pos_embed"] = cat([ForEveryClass(positions.narrow(1, 0, tokens)), patches], 1);
        values["cls_token"] = ForEveryClass(values["cls_token"]);
        return values;

        long? SecondSize(string name) => file.Contains(name) && file.Entry(name).Shape is [_, var size, ..] ? size : null;
        Tensor ForEveryClass(Tensor given) => given.mean([1], keepdim: true).expand(1, settings.Classes, settings.Width);
    }

    /// <summary>Draws parameters in the order of their names, so that the order of a module's fields does not matter.</summary>
    private static Dictionary<string, float[]> Draw(WeakTrGenerator generator, RandomStream random, Func<string, bool> wanted)
    {
        var parameters = generator.state_dict();
        var values = new Dictionary<string, float[]>();
        foreach (var (name, parameter) in parameters.Where(pair => wanted(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var drawn = new float[parameter.NumberOfElements];
            if (name.Contains("norm", StringComparison.Ordinal))
                Array.Fill(drawn, name.EndsWith(".weight", StringComparison.Ordinal) ? 1 : 0);
            else if (IsHeadOrFusion(name) || name.StartsWith("patch_embed.", StringComparison.Ordinal))
                FillUniform(drawn, FanIn(parameters[WeightOf(name)]), random);
            else if (!name.EndsWith(".bias", StringComparison.Ordinal))
                random.FillNormal(drawn, standardDeviation: Deviation);
            values.Add(name, drawn);
        }

        return values;

        static string WeightOf(string name) => name[..(name.LastIndexOf('.') + 1)] + "weight";
        static long FanIn(Tensor weight) => weight.NumberOfElements / weight.shape[0];
    }

    private static void FillUniform(float[] values, long fanIn, RandomStream random)
    {
        var bound = 1 / Math.Sqrt(fanIn);
        foreach (ref var value in values.AsSpan())
            value = (float)random.Uniform(-bound, bound);
    }

    private static void FillWaves(Span<float> positions, int grid, int width)
    {
        var frequencies = width / 4;
        for (var patch = 0; patch < grid * grid; patch++)
        {
            var (y, x) = (14.0 / grid * (patch / grid), 14.0 / grid * (patch % grid));
            for (var j = 0; j < frequencies; j++)
            {
                var frequency = Math.Pow(10000, -(double)j / frequencies);
                var channels = positions.Slice(patch * width, width);
                channels[j] = (float)(.3 * Math.Sin(x * frequency));
                channels[frequencies + j] = (float)(.3 * Math.Cos(x * frequency));
                channels[2 * frequencies + j] = (float)(.3 * Math.Sin(y * frequency));
                channels[3 * frequencies + j] = (float)(.3 * Math.Cos(y * frequency));
            }
        }
    }

    private static void Set(WeakTrGenerator generator, Dictionary<string, float[]> values)
    {
        using var scope = NewDisposeScope();
        var shapes = generator.state_dict();
        StateDict.Load(generator, values.ToDictionary(pair => pair.Key, pair => tensor(pair.Value, shapes[pair.Key].shape)), nameof(GeneratorStart));
    }

    private static bool IsHeadOrFusion(string name) =>
        name.StartsWith("head.", StringComparison.Ordinal) || name.StartsWith("adaptive_attention_fusion.", StringComparison.Ordinal);
}
