using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using SemPLeS.Tests.Goldens;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.MaskGenerator;

public sealed class WeakTrGoldenTests
{
    public static TheoryData<string> Files => [.. TestFolders.GoldenFiles("weaktr").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Phase_1_equals_the_reference_in_outputs_losses_and_gradients(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = new GoldenTensors(Path.Combine(TestFolders.Goldens, file));
        using var generator = WeakTrGenerator.Load(golden.File, prefix: "model.");
        var output = generator.Forward(golden["in.image"], GeneratorForm.Phase1, maps: true);
        AssertMaps(golden, "", output);
        golden.AssertClose("out.coarse_logits", output.CoarseLogits);
        golden.AssertClose("out.fine_logits", output.RefinedLogits);

        var loss = ObjectiveSum.Phase1.Compute(new ObjectiveContext { Labels = golden["in.labels"], Generated = output });
        golden.AssertClose("out.phase1_losses", stack(loss.Terms.Select(term => term.Value)));
        golden.AssertClose("out.phase1_loss", loss.Total.view(1));

        loss.Total.backward();
        var without = golden.Names("phase1_no_grad");
        foreach (var (name, parameter) in generator.named_parameters())
        {
            if (without.Contains(name))
                Assert.True(parameter.grad is null, $"{name} has a gradient");
            else
                golden.AssertClose("grad." + name, Assert.IsAssignableFrom<Tensor>(parameter.grad));
        }

        Assert.Equal(
            generator.named_parameters().Select(named => named.Item1).Except(without).Order(),
            generator.LearnedParameters(GeneratorForm.Phase1).Select(named => named.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Tall_and_wide_images_equal_the_reference(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = new GoldenTensors(Path.Combine(TestFolders.Goldens, file));
        using var generator = WeakTrGenerator.Load(golden.File, prefix: "model.");
        foreach (var suffix in new[] { "_tall", "_wide" })
            AssertMaps(golden, suffix, generator.Forward(golden["in.image" + suffix], GeneratorForm.Phase1, maps: true));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_stage_form_computes_the_same_and_teaches_head_and_fusion_alone(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = new GoldenTensors(Path.Combine(TestFolders.Goldens, file));
        using var generator = WeakTrGenerator.Load(golden.File, prefix: "model.");
        var output = generator.Forward(golden["in.image"], GeneratorForm.Stage, maps: true);
        AssertMaps(golden, "", output);
        Assert.False(output.ClassLogits.requires_grad);

        // A loss on the refined CAM alone: what reaches the head came through the coarse CAM.
        (output.RefinedCam * output.RefinedCam).sum().backward();
        var learned = generator.LearnedParameters(GeneratorForm.Stage).ToDictionary(named => named.Name, named => named.Parameter);
        Assert.Equal(8, learned.Count);
        foreach (var (name, parameter) in generator.named_parameters())
        {
            if (learned.ContainsKey(name))
                Assert.True(parameter.grad is { } gradient && gradient.norm().item<float>() > 0, $"{name} does not learn");
            else
                Assert.True(parameter.grad is null, $"{name} has a gradient");
        }
    }

    private static void AssertMaps(GoldenTensors golden, string suffix, GeneratorOutput output)
    {
        var maps = Assert.IsType<IntermediateMaps>(output.Maps);
        foreach (var (key, value) in new[]
        {
            ("class_logits", output.ClassLogits), ("head_weights", output.HeadWeights), ("cams_patchcam", maps.CoarseCam), ("cams_attention", maps.AttentionCam),
            ("cams_fused", maps.FusedCam), ("fine_cam_fused", output.RefinedCam), ("fine_cam_attention", maps.Refine(maps.AttentionCam)),
            ("fine_cam_patchcam", maps.Refine(maps.CoarseCam)), ("patch_attention", maps.PatchAttention.unsqueeze(0)),
        })
        {
            golden.AssertClose($"out.{key}{suffix}", value);
        }
    }
}
