using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Objectives;

/// <summary>CLIMS' two terms of its own, against values worked out by hand.</summary>
public sealed class CoOccurrenceObjectiveTests
{
    [Fact]
    public void Only_cosines_above_the_threshold_count_and_all_of_them_are_added_up()
    {
        using var scope = NewDisposeScope();
        // Cosines with the texts (1, 0) and (0, 1): .8 and .6 of the first pair, .28 and .96 of the second.
        var context = Context([.8, .6, .28, .96], images: 2);
        Assert.Equal(-Math.Log(.2) - Math.Log(.4) - Math.Log(.72) - Math.Log(.04), Value(new CoOccurrenceObjective(.27), context), 1e-9);
        Assert.Equal(-Math.Log(.2) - Math.Log(.4) - Math.Log(.04), Value(new CoOccurrenceObjective(.29), context), 1e-9);
        Assert.Equal(-Math.Log(.04), Value(new CoOccurrenceObjective(.81), context), 1e-9);
        Assert.Equal(0, Value(new CoOccurrenceObjective(.97), context), 1e-12);
    }

    [Fact]
    public void Twice_the_batch_is_twice_the_sum_unless_a_batch_of_reference_takes_that_back()
    {
        using var scope = NewDisposeScope();
        var (once, twice) = (Context([.8, .6, .28, .96], images: 2), Context([.8, .6, .28, .96, .8, .6, .28, .96], images: 4));
        Assert.Equal(2 * Value(new CoOccurrenceObjective(.5), once), Value(new CoOccurrenceObjective(.5), twice), 1e-9);
        Assert.Equal(Value(new CoOccurrenceObjective(.5, 16), once), Value(new CoOccurrenceObjective(.5, 16), twice), 1e-9);
        Assert.Equal(8 * Value(new CoOccurrenceObjective(.5), once), Value(new CoOccurrenceObjective(.5, 16), once), 1e-9);
    }

    [Fact]
    public void The_area_is_the_mean_of_the_masks_of_the_classes_that_are_there()
    {
        using var scope = NewDisposeScope();
        // Of the class that is there a mask 0 0 / 0 1, of the absent one 1 everywhere.
        var cams = tensor(new double[] { 2, 2, 2, 6, 1, 1, 1, 1 }, [1, 2, 2, 2]);
        var context = new ObjectiveContext
        {
            Labels = tensor(new double[] { 1, 0 }, [1, 2]),
            Images = zeros([1, 3, 2, 2], ScalarType.Float64),
            MaskEpsilon = 1e-9,
            Generated = new GeneratorOutput(cams.mean([2, 3]), cams, cams.mean([2, 3]), cams, cams.mean([2, 3]), cams.mean([2, 3]), null),
        };
        Assert.Equal(.25, Value(new AreaObjective(), context), 1e-6);
    }

    [Fact]
    public void Without_background_texts_the_error_says_what_is_lacking()
    {
        using var scope = NewDisposeScope();
        var context = new ObjectiveContext { Labels = ones([1, 1], ScalarType.Float64), ForegroundFeatures = ones([1, 2], ScalarType.Float64) };
        Assert.Contains(nameof(ObjectiveContext.BackgroundTextFeatures), Assert.Throws<InvalidOperationException>(() => new CoOccurrenceObjective(.5).Compute(context)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoOccurrenceObjective(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoOccurrenceObjective(.5, 0));
    }

    private static ObjectiveContext Context(double[] features, int images) => new()
    {
        Labels = ones([images, 1], ScalarType.Float64),
        ForegroundFeatures = tensor(features, [images, 2]),
        BackgroundTextFeatures = tensor(new double[] { 1, 0, 0, 1 }, [2, 2]),
    };

    private static double Value(IObjective objective, ObjectiveContext context) => objective.Compute(context).item<double>();
}
