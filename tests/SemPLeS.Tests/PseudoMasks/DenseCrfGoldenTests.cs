using System.Text.Json;
using SemPLeS.Data;
using SemPLeS.PseudoMasks;
using SemPLeS.Tests.Goldens;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.PseudoMasks;

/// <summary>pydensecrf's marginals and labels.</summary>
public sealed class DenseCrfGoldenTests
{
    private const float Clear = 2e-3f;

    public static TheoryData<string> Files => [.. TestFolders.GoldenFiles("crf").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Hard_labels_with_VOC_s_constants(string file) => AssertLabels(file, "voc");

    [Theory]
    [MemberData(nameof(Files))]
    public void Hard_labels_with_COCO_s_constants(string file) => AssertLabels(file, "coco");

    [Theory]
    [MemberData(nameof(Files))]
    public void A_softmax(string file)
    {
        using var golden = new GoldenTensors(Path.Combine(TestFolders.Goldens, file));
        using var scope = NewDisposeScope();

        var marginals = new DenseCrf(Settings(golden.File, "softmax")).Refine(Image(golden.File), golden["in.probabilities"].data<float>().ToArray());

        AssertClose(golden, "softmax", "softmax", marginals);
    }

    [Fact]
    public void Constants_of_the_presets_are_those_of_the_reference()
    {
        using var golden = SafetensorsFile.Open(Path.Combine(TestFolders.Goldens, "crf.safetensors"));

        Assert.Equal(Settings(golden, "voc"), DenseCrfSettings.VocLabels);
        Assert.Equal(Settings(golden, "coco"), DenseCrfSettings.CocoLabels);
    }

    private static void AssertLabels(string file, string constants)
    {
        using var golden = new GoldenTensors(Path.Combine(TestFolders.Goldens, file));
        using var scope = NewDisposeScope();
        var image = Image(golden.File);
        var seeds = new LabelMap(image.Width, image.Height, [.. Integers(golden.File, "in.labels").Select(label => (byte)label)]);
        var labels = (int)golden.File.Entry($"out.{constants}_labels_q").Shape[0];

        AssertClose(golden, constants, $"{constants}_labels", new DenseCrf(Settings(golden.File, constants)).Refine(image, seeds, labels));
    }

    /// <summary>Q: largest difference 1e-3, mean 1e-5; labels wherever the two largest Q differ by more than 2e-3.</summary>
    private static void AssertClose(GoldenTensors golden, string constants, string name, CrfMarginals actual)
    {
        var key = constants == "softmax" ? "out.softmax" : $"out.{constants}_labels";
        var expected = golden[key + "_q"].data<float>().ToArray();
        var labels = Integers(golden.File, constants == "softmax" ? "out.softmax_labels" : key);
        Assert.Equal(expected.Length, actual.Values.Length);
        var differences = expected.Zip(actual.Values, (a, b) => Math.Abs((double)a - b)).ToArray();
        Assert.True(differences.Max() <= 1e-3, $"{name}: largest difference {differences.Max():g3}");
        Assert.True(differences.Average() <= 1e-5, $"{name}: mean difference {differences.Average():g3}");
        var (pixels, found) = (labels.Length, actual.ToLabelMap().Labels);
        var compared = 0;
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            var sorted = Enumerable.Range(0, actual.Labels).Select(label => expected[label * pixels + pixel]).OrderDescending().ToArray();
            if (sorted.Length > 1 && sorted[0] - sorted[1] <= Clear)
                continue;
            compared++;
            Assert.True(labels[pixel] == found[pixel], $"{name}: pixel {pixel} is {found[pixel]} instead of {labels[pixel]}");
        }

        Assert.True(compared > pixels / 2, $"{name}: only {compared} pixels were compared");
    }

    private static DenseCrfSettings Settings(SafetensorsFile file, string key)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, double>>(file.Metadata[key])!;
        return new DenseCrfSettings
        {
            GaussianSpread = values["gaussian_sxy"],
            GaussianWeight = values["gaussian_compat"],
            BilateralSpread = values["bilateral_sxy"],
            BilateralColorSpread = values["bilateral_srgb"],
            BilateralWeight = values["bilateral_compat"],
            Iterations = (int)values["iterations"],
            LabelProbability = values.GetValueOrDefault("gt_prob", .7),
        };
    }

    private static RgbImage Image(SafetensorsFile file)
    {
        using var scope = NewDisposeScope();
        var shape = file.Entry("in.image").Shape;
        return new RgbImage((int)shape[1], (int)shape[0], file.Read("in.image").data<byte>().ToArray());
    }

    private static long[] Integers(SafetensorsFile file, string key)
    {
        using var scope = NewDisposeScope();
        return file.Read(key).data<long>().ToArray();
    }
}
