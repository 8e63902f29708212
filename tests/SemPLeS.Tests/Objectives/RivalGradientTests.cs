using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Objectives;

/// <summary>The gradients of the terms of WeakTr, MCTformer, CLIMS and L_refine, against central differences in double precision.</summary>
public sealed class RivalGradientTests
{
    private const double Step = 1e-6;

    public static TheoryData<string> Names => [.. Terms.Keys];

    private static Dictionary<string, (IObjective Term, double[] Start, Func<Tensor, ObjectiveContext> Context)> Terms { get; } = new()
    {
        ["class tokens"] = (ClassificationObjective.ClassTokens, Drawn(6), Classified),
        ["coarse map"] = (ClassificationObjective.CoarseMap, Drawn(24), CoarseMapped),
        ["refined CAM"] = (ClassificationObjective.RefinedCam, Drawn(24), Mapped),
        ["match foreground"] = (new MatchForegroundObjective(), Drawn(12, 1), values => Featured(foreground: values)),
        ["match background"] = (new MatchBackgroundObjective(), Drawn(12, 1), values => Featured(background: values)),
        ["refine"] = (new RefineObjective(), Drawn(12, 1), values => Featured(foreground: values)),
        ["suppress backgrounds"] = (new CoOccurrenceObjective(.1, 16), Drawn(12, 1), values => Featured(foreground: values)),
        ["area"] = (new AreaObjective(), Drawn(24), Mapped),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_that_of_central_differences(string name)
    {
        using var scope = NewDisposeScope();
        var (term, start, context) = Terms[name];
        using var leaf = tensor(start).requires_grad_();
        term.Compute(context(leaf)).backward();
        var gradient = leaf.grad!.data<double>().ToArray();

        Assert.Contains(gradient, value => Math.Abs(value) > 1e-3);
        for (var i = 0; i < start.Length; i++)
            Assert.Equal((At(i, Step) - At(i, -Step)) / (2 * Step), gradient[i], 1e-6);

        double At(int place, double step)
        {
            var moved = start.ToArray();
            moved[place] += step;
            return term.Compute(context(tensor(moved))).item<double>();
        }
    }

    private static double[] Drawn(int count, double mean = 0)
    {
        var values = new float[count];
        new RandomStream(5).FillNormal(values);
        return [.. values.Select(value => mean + value)];
    }

    private static Tensor Labels => tensor(new double[] { 1, 0, 1, 0, 1, 0 }, [2, 3]);

    /// <summary>Class logits of 2 images and 3 classes.</summary>
    private static ObjectiveContext Classified(Tensor values) => new() { Labels = Labels, Generated = Output(values.view(2, 3), zeros([2, 3, 2, 2], ScalarType.Float64)) };

    /// <summary>A coarse map of 2 x 2 patches.</summary>
    private static ObjectiveContext CoarseMapped(Tensor values) => new() { Labels = Labels, Generated = Output(zeros([2, 3], ScalarType.Float64), values.view(2, 3, 2, 2)) };

    /// <summary>A refined CAM of 2 x 2 patches under images of 2 x 2 pixels.</summary>
    private static ObjectiveContext Mapped(Tensor values) => new()
    {
        Labels = Labels,
        Images = zeros([2, 3, 2, 2], ScalarType.Float64),
        MaskEpsilon = .1,
        Generated = Output(zeros([2, 3], ScalarType.Float64), values.view(2, 3, 2, 2)),
    };

    /// <summary>Features of 3 pairs in 4 dimensions.</summary>
    private static ObjectiveContext Featured(Tensor? foreground = null, Tensor? background = null) => new()
    {
        Labels = Labels,
        ForegroundFeatures = foreground?.view(3, 4)!,
        BackgroundFeatures = background?.view(3, 4)!,
        LabelFeatures = tensor(Drawn(12, 1.5)).view(3, 4),
        PromptFeatures = tensor(Drawn(12, 1.2)).view(3, 4),
        BackgroundTextFeatures = tensor(Drawn(8, 1.3)).view(2, 4),
    };

    private static GeneratorOutput Output(Tensor classes, Tensor map) => new(classes, map, map.mean([2, 3]), map, map.mean([2, 3]), classes, null);
}
