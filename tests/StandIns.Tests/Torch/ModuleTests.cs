using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

public sealed class ModuleTests
{
    [Fact]
    public void Every_module_and_parameter_field_is_registered_under_its_name()
    {
        using var network = new SampleNetwork();

        Assert.Equal(
            ["blocks.0.0.bias", "blocks.0.0.weight", "blocks.1.0.bias", "blocks.1.0.weight", "norm.bias", "norm.weight", "scale"],
            network.named_parameters().Select(item => item.name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_tensor_field_is_a_persistent_buffer_private_ones_too()
    {
        using var network = new SampleNetwork();

        Assert.Equal(["cached"], network.named_buffers().Select(item => item.name));
        Assert.Contains("cached", network.state_dict().Keys);
    }

    [Fact]
    public void The_state_holds_the_parameters_themselves()
    {
        using var network = new SampleNetwork();
        using (no_grad())
            network.state_dict()["scale"].fill_(7);

        Values.AssertClose([7, 7], network.scale);
    }

    [Fact]
    public void Training_and_evaluation_reach_every_module()
    {
        using var network = new SampleNetwork();
        network.eval();
        Assert.All(network.modules(), module => Assert.False(module.training));
        network.train();
        Assert.All(network.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void Another_type_reaches_parameters_and_buffers_and_keeps_the_objects()
    {
        using var network = new SampleNetwork();
        var scale = network.scale;
        network.to(ScalarType.Float64);

        Assert.All(network.state_dict().Values, tensor => Assert.Equal(ScalarType.Float64, tensor.dtype));
        Assert.Same(scale, network.scale);
        Assert.True(scale.requires_grad);
    }

    [Fact]
    public void Disposing_a_module_frees_its_tensors()
    {
        var count = LivingTensors.Count();
        new SampleNetwork().Dispose();

        Assert.Equal(count, Tensor.TotalCount);
    }

    [Fact]
    public void A_linear_layer_is_the_product_with_its_transposed_weight_plus_bias()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(2, 3);
        using (no_grad())
        {
            layer.weight.copy_(tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [3, 2]));
            layer.bias!.copy_(tensor(new float[] { 10, 20, 30 }));
        }

        Values.AssertClose([10 + 1 - 2, 20 + 3 - 4, 30 + 5 - 6], layer.call(tensor(new float[] { 1, -1 }, [1, 2])));
    }

    [Fact]
    public void A_layer_norm_divides_by_the_root_of_variance_and_constant()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.LayerNorm([2], eps: 3);

        Values.AssertClose([-.5, .5], layer.call(tensor(new float[] { 4, 6 }, [1, 2])));
    }

    [Fact]
    public void A_convolution_pads_with_zeros_and_correlates()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Conv2d(1, 1, 3, padding: 1, bias: false);
        using (no_grad())
            layer.weight.copy_(arange(9).to(ScalarType.Float32).view(1, 1, 3, 3));

        // Weights 0..8 row by row; the picture is [[1, 2], [3, 4]].
        Values.AssertClose(
            [4 * 1 + 5 * 2 + 7 * 3 + 8 * 4, 3 * 1 + 4 * 2 + 6 * 3 + 7 * 4, 1 * 1 + 2 * 2 + 4 * 3 + 5 * 4, 0 * 1 + 1 * 2 + 3 * 3 + 4 * 4],
            layer.call(tensor(new float[] { 1, 2, 3, 4 }, [1, 1, 2, 2])));
    }
}
