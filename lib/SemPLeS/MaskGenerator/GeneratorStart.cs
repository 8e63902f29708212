using SemPLeS.Data;
using SemPLeS.Weights;
using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>The weights that training starts from. Every random number comes from the stream that is given.</summary>
public static class GeneratorStart
{
    /// <summary>
    /// Random weights, as DeiT starts: N(0, .02) for the blocks' linear layers, class tokens and positions (the truncation at 2, a hundred deviations
    /// away, never acts), biases 0; patch embedding, head and fusion uniform in +-1/sqrt(fan in), PyTorch's default.
    /// </summary>
    /// <exception cref="ArgumentException">The settings are not consistent; the message names the value.</exception>
    public static WeakTrGenerator Random(GeneratorSettings settings, RandomStream random)
    {
        var generator = new WeakTrGenerator(settings);
        var initial = Initial(generator);
        initial.Set(initial.Draw(random));
        return generator;
    }

    /// <summary>
    /// The start of a small generator that has no pre-training behind it: as <see cref="Random"/>, but query and key weights of a block are one draw
    /// of N(0, .2 / head width), so that patches attend to their like from the first step, and patch positions are .3 [sin x w, cos x w, sin y w, cos
    /// y w] with w_j = 10000^(-4 j / width) and coordinates 14 / grid x (0, 1, ...).
    /// </summary>
    /// <exception cref="ArgumentException">The settings are not consistent, or the width is not a multiple of 4.</exception>
    public static WeakTrGenerator Miniature(GeneratorSettings settings, RandomStream random)
    {
        if (settings.Width % 4 != 0)
            throw new ArgumentException($"The width {settings.Width} is not a multiple of 4.", nameof(settings));
        var generator = new WeakTrGenerator(settings);
        var initial = Initial(generator);
        var values = initial.Draw(random);
        var square = settings.Width * settings.Width;
        for (var block = 0; block < settings.Depth; block++)
        {
            var weights = values[$"blocks.{block}.attn.qkv.weight"].AsSpan();
            random.FillNormal(weights[..square], standardDeviation: Math.Sqrt(.2 / settings.HeadWidth));
            weights[..square].CopyTo(weights[square..]);
        }

        FillWaves(values["pos_embed"].AsSpan(settings.Classes * settings.Width), settings.Grid, settings.Width);
        initial.Set(values);
        return generator;
    }

    /// <summary>
    /// Starts from the trunk of trained weights: blocks, patch embedding, norm and patch positions, resized bicubically where the grid differs. Each
    /// class token is the mean of the file's class tokens, plus noise; each class position is the mean of theirs. So a plain ViT or DeiT, which has
    /// one, gives its token to every class. Head and fusion start as in <see cref="Random"/>; the file's own are ignored.
    /// </summary>
    /// <param name="settings">Settings whose width, depth, patch and hidden width are the file's.</param>
    /// <param name="file">A ViT or DeiT under timm's names, or a mask generator with any classes.</param>
    /// <param name="random">Draws head, fusion and noise.</param>
    /// <param name="tokenDeviation">Standard deviation of the noise on class tokens: 0 as WeakTr does with DeiT, .02 in the miniature world.</param>
    /// <exception cref="ArgumentException">The settings are not consistent.</exception>
    /// <exception cref="InvalidDataException">The weights are of another architecture; the message names file, tensors and shapes.</exception>
    public static WeakTrGenerator FromTrunk(GeneratorSettings settings, WeightsFile file, RandomStream random, double tokenDeviation = 0)
    {
        var generator = new WeakTrGenerator(settings);
        try
        {
            using var scope = NewDisposeScope();
            var values = TrunkValues(generator, file);
            var initial = Initial(generator, WeakTrGenerator.IsHeadOrFusion);
            foreach (var (name, drawn) in initial.AsTensors(initial.Draw(random)))
                values.Add(name, drawn);
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

    private static Dictionary<string, Tensor> TrunkValues(WeakTrGenerator generator, WeightsFile file)
    {
        var settings = generator.Settings;
        var expected = generator.state_dict()
            .Where(pair => !WeakTrGenerator.IsHeadOrFusion(pair.Key) && pair.Key is not ("cls_token" or "pos_embed"))
            .ToDictionary(pair => pair.Key, pair => (IReadOnlyList<long>)pair.Value.shape);
        var trunk = TransformerTrunk.Read(file, expected, settings.Width, distilled: false, $"a generator of width {settings.Width} and depth {settings.Depth}");
        return new Dictionary<string, Tensor>(trunk.Values)
        {
            ["cls_token"] = ForEveryClass(trunk.Tokens),
            ["pos_embed"] = cat([ForEveryClass(trunk.TokenPositions), trunk.PatchPositionsFor(settings.Grid)], 1),
        };

        Tensor ForEveryClass(Tensor given) => given.mean([1], keepdim: true).expand(1, settings.Classes, settings.Width);
    }

    private static InitialWeights Initial(WeakTrGenerator generator, Func<string, bool>? wanted = null) => new(generator)
    {
        Wanted = wanted ?? (_ => true),
        IsUniform = WeakTrGenerator.IsHeadOrFusion,
    };

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
}
