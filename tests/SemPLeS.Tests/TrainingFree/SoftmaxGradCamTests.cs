using SemPLeS.Clip;
using SemPLeS.Tests.Clip;
using SemPLeS.TrainingFree;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.TrainingFree;

/// <summary>CLIP-ES' Grad-CAM, against gradients computed otherwise.</summary>
public sealed class SoftmaxGradCamTests : IDisposable
{
    private readonly ClipModel _clip = Clips.Frozen().to(ScalarType.Float64);
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _clip.Dispose();
    }

    [Fact]
    public void What_is_behind_the_trace_is_the_mean_of_the_patches_features()
    {
        var images = Clips.Values(2, 3, 16, 16);
        using var clip = Clips.Frozen();
        var trace = clip.TraceImage(images);
        var (feature, attention) = clip.FinishTrace(trace.Tokens, trace.Normalised);

        Assert.Equal((2, 2), (trace.Rows, trace.Columns));
        Assert.InRange((clip.EncodePatches(images).mean([1]) - feature).abs().max().item<float>(), 0, 1e-6);
        foreach (var map in trace.Attention.Append(attention))
        {
            Assert.Equal([2, 5, 5], map.shape);
            Assert.InRange((map.sum([2]) - 1).abs().max().item<float>(), 0, 1e-5);
        }
    }

    [Fact]
    public void Images_of_any_size_in_whole_patches_are_traced_and_others_are_an_error()
    {
        using var clip = Clips.Frozen();
        var trace = clip.TraceImage(Clips.Values(1, 3, 24, 40));
        Assert.Equal((3, 5), (trace.Rows, trace.Columns));
        Assert.Equal([1, 16, 12], trace.Tokens.shape);
        Assert.Contains("[1, 3, 24, 41]", Assert.Throws<ArgumentException>(() => clip.TraceImage(zeros(1, 3, 24, 41))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => clip.FinishTrace(trace.Tokens, trace.Normalised.narrow(1, 0, 4)));
        using var low = Clips.Frozen().to(ScalarType.BFloat16);
        Assert.Throws<InvalidOperationException>(() => low.TraceImage(Clips.Values(1, 3, 16, 16)));
    }

    [Fact]
    public void The_maps_are_those_of_central_differences_of_each_classs_softmax()
    {
        const double step = 1e-5;
        const int classes = 2;
        var (image, texts) = (Image(), Texts());
        var cams = SoftmaxGradCam.Of(_clip, image, texts, classes);
        var trace = _clip.TraceImage(image);
        var normalised = trace.Normalised.data<double>().ToArray();
        var (tokens, width) = ((int)trace.Normalised.shape[1], (int)trace.Normalised.shape[2]);
        var scale = Math.Exp(_clip.LogitScale.item<double>());
        var directions = texts.data<double>().ToArray().Chunk((int)texts.shape[1]).ToArray();
        for (var k = 0; k < classes; k++)
        {
            var map = new double[tokens - 1];
            for (var channel = 0; channel < width; channel++)
            {
                var weight = Enumerable.Range(1, tokens - 1).Average(token => Difference(k, token * width + channel));
                for (var token = 1; token < tokens; token++)
                    map[token - 1] += weight * normalised[token * width + channel];
            }

            var (least, most) = (Math.Max(map.Min(), 0), Math.Max(map.Max(), 0));
            Assert.True(most > 0, "a map without a positive value shows nothing");
            var actual = cams.Maps[k].contiguous().data<double>().ToArray();
            Assert.All(map.Zip(actual), pair => Assert.Equal((Math.Max(pair.First, 0) - least) / (most - least + 1e-7), pair.Second, 1e-4));
        }

        double Difference(int k, int place) => (Score(k, place, step) - Score(k, place, -step)) / (2 * step);

        double Score(int k, int place, double moved)
        {
            using var scope = NewDisposeScope();
            var changed = normalised.ToArray();
            changed[place] += moved;
            var feature = _clip.FinishTrace(trace.Tokens, tensor(changed, trace.Normalised.shape)).Feature.data<double>().ToArray();
            double[] logits = [.. directions.Select(text => scale * feature.Zip(text, (a, b) => a * b).Sum() / Math.Sqrt(feature.Sum(a => a * a) * text.Sum(b => b * b)))];
            return Math.Exp(logits[k] - logits.Max()) / logits.Sum(logit => Math.Exp(logit - logits.Max()));
        }
    }

    [Fact]
    public void One_pass_for_all_classes_gives_what_one_pass_for_each_gives()
    {
        const int classes = 2;
        var (image, texts) = (Image(), Texts());
        var cams = SoftmaxGradCam.Of(_clip, image, texts, classes);
        for (var k = 0; k < classes; k++)
        {
            var trace = _clip.TraceImage(image);
            var leaf = trace.Normalised.detach().clone().requires_grad_();
            var feature = _clip.FinishTrace(trace.Tokens, leaf).Feature;
            var cosines = feature.matmul(texts.t()) / (feature.square().sum().sqrt() * texts.square().sum([1]).sqrt());
            (cosines * _clip.LogitScale.exp()).softmax(1)[0, k].backward();
            var weights = leaf.grad!.narrow(1, 1, 4).mean([1], keepdim: true);
            var map = (leaf.detach().narrow(1, 1, 4) * weights).sum(2).relu().squeeze(0);
            var expected = (map - map.min()) / (map.max() - map.min() + 1e-7);
            Assert.InRange((expected - cams.Maps[k].flatten()).abs().max().item<double>(), 0, 1e-6);
        }
    }

    [Fact]
    public void No_weight_takes_a_gradient_and_wrong_texts_are_an_error()
    {
        var (image, texts) = (Image(), Texts());
        _ = SoftmaxGradCam.Of(_clip, image, texts, 1);
        Assert.All(_clip.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.Throws<ArgumentException>("texts", () => SoftmaxGradCam.Of(_clip, image, texts, 5));
        Assert.Throws<ArgumentException>("texts", () => SoftmaxGradCam.Of(_clip, image, texts.narrow(1, 0, 5), 1));
        Assert.Throws<ArgumentException>("image", () => SoftmaxGradCam.Of(_clip, cat([image, image]), texts, 1));
    }

    private static Tensor Image() => Clips.Values(1, 3, 16, 16).to(ScalarType.Float64);

    private static Tensor Texts() => Clips.Values(4, 6).to(ScalarType.Float64);
}
