using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Objectives;

public sealed class ObjectiveContextTests
{
    public static TheoryData<IObjective> Objectives =>
        [new MatchForegroundObjective(), new MatchBackgroundObjective(), new PromptImageObjective(), new PromptTextObjective(), new PromptTextObjective(.2), new RefineObjective(),
            new CoOccurrenceObjective(.8), new CoOccurrenceObjective(.8, 16), new AreaObjective()];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void The_gradient_of_an_objective_is_its_slope(IObjective objective)
    {
        using var scope = NewDisposeScope();
        var largest = 0.0;
        foreach (var place in new[] { nameof(SmallStep.Cams), nameof(SmallStep.Prompts) })
        {
            var step = new SmallStep();
            objective.Compute(step.Context()).backward();
            var learned = step.Learned(place);
            var gradient = learned.grad?.data<double>().ToArray() ?? new double[learned.NumberOfElements];
            for (var i = 0; i < gradient.Length; i++)
                Assert.Equal(Slope(objective, place, i), gradient[i], 1e-7);
            largest = Math.Max(largest, gradient.Max(Math.Abs));
        }

        Assert.True(largest > 1e-4, $"The largest slope is {largest}.");
    }

    [Fact]
    public void Pairs_are_in_the_row_major_order_of_the_labels()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0, 1, 1, 0, 1, 2], new SmallStep().Context().Pairs.data<long>().ToArray());
    }

    [Fact]
    public void Foreground_and_background_make_up_the_picture_and_masks_lie_between_0_and_1()
    {
        using var scope = NewDisposeScope();
        var context = new SmallStep().Context();
        var pictures = context.Images.index_select(0, tensor(new[] { 0L, 1, 1 }));

        Assert.True((context.ForegroundImages + context.BackgroundImages).allclose(pictures));
        Assert.Equal(0, context.Masks.amin(1, 2, 3).abs().max().item<double>());
        Assert.InRange(context.Masks.amax(1, 2, 3).min().item<double>(), .9, 1);
    }

    [Theory]
    [InlineData(true, true, 6)]
    [InlineData(true, false, 3)]
    [InlineData(false, true, 3)]
    public void What_a_loss_reads_passes_CLIP_in_one_batch_and_what_it_does_not_read_does_not(bool foreground, bool background, long images)
    {
        using var scope = NewDisposeScope();
        var terms = new List<WeightedObjective>();
        if (foreground)
            terms.AddRange([new(new MatchForegroundObjective()), new(new RefineObjective())]);
        if (background)
            terms.Add(new(new MatchBackgroundObjective()));
        var step = new SmallStep();
        new ObjectiveSum(terms).Compute(step.Context());

        Assert.Equal([images], step.Encoded);
    }

    [Fact]
    public void A_loss_on_texts_alone_needs_neither_generator_nor_image_encoder()
    {
        using var scope = NewDisposeScope();
        var step = new SmallStep();
        var context = new ObjectiveContext
        {
            Labels = step.Labels,
            LabelFeatures = step.Texts,
            PromptFeatures = step.Prompts,
            Generate = () => throw new InvalidOperationException("generator"),
            EncodeImages = _ => throw new InvalidOperationException("encoder"),
        };

        Assert.True(new PromptTextObjective().Compute(context).item<double>() < 0);
    }

    [Fact]
    public void A_term_of_a_readers_own_that_announces_nothing_may_read_everything()
    {
        using var scope = NewDisposeScope();
        var step = new SmallStep();
        var values = new ObjectiveSum(new WeightedObjective(new MaskSize()), new WeightedObjective(new MatchForegroundObjective())).Compute(step.Context());
        values.Total.backward();

        Assert.Equal(["mask size", "match foreground"], values.Terms.Select(term => term.Name));
        Assert.True(step.Cams.grad!.norm().item<double>() > 0);
    }

    [Fact]
    public void A_term_of_weight_0_is_told_and_teaches_nothing_even_when_it_is_the_first_to_read()
    {
        using var scope = NewDisposeScope();
        var (alone, watched) = (new SmallStep(), new SmallStep());
        new ObjectiveSum(new WeightedObjective(new MatchForegroundObjective())).Compute(alone.Context()).Total.backward();
        var values = new ObjectiveSum(new(new RefineObjective(), 0), new(new MatchForegroundObjective())).Compute(watched.Context());
        values.Total.backward();

        Assert.True(values.Terms[0].Value.item<double>() > 0);
        Assert.Equal(alone.Cams.grad!.data<double>().ToArray(), watched.Cams.grad!.data<double>().ToArray());
        Assert.Null(watched.Prompts.grad);
    }

    [Fact]
    public void A_loss_whose_terms_all_have_weight_0_is_an_error()
    {
        using var scope = NewDisposeScope();
        var sum = new ObjectiveSum(new WeightedObjective(new MatchForegroundObjective(), 0));

        Assert.Contains("step 7", Assert.Throws<InvalidOperationException>(() => sum.Compute(new SmallStep().Context(step: 7))).Message);
    }

    [Fact]
    public void A_rising_weight_is_reached_and_stays()
    {
        var weight = new RisingWeight(2, 4);

        Assert.Equal([.5, 1, 1.5, 2, 2, 2], Enumerable.Range(0, 6).Select(step => weight.At(step)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RisingWeight(1, 0));
    }

    [Fact]
    public void A_weight_follows_the_step()
    {
        using var scope = NewDisposeScope();
        var sum = new ObjectiveSum(new WeightedObjective(new RefineObjective(), new RisingWeight(1, 10)));
        var (early, late) = (sum.Compute(new SmallStep().Context(step: 0)), sum.Compute(new SmallStep().Context(step: 20)));

        Assert.Equal(early.Terms[0].Value.item<double>(), late.Terms[0].Value.item<double>());
        Assert.Equal(late.Total.item<double>() / 10, early.Total.item<double>(), 1e-12);
    }

    [Fact]
    public void Seen_by_the_prompts_a_step_passes_gradients_to_nothing_else()
    {
        using var scope = NewDisposeScope();
        var step = new SmallStep();
        var seen = step.Context().ForPrompts(step.Prompts);
        (ObjectiveSum.Prompting(1).Compute(seen).Total + seen.Masks.sum() + seen.ClassLogits.sum()).backward();

        Assert.Null(step.Cams.grad);
        Assert.True(step.Prompts.grad!.norm().item<double>() > 0);
        Assert.False(seen.RawMasks.requires_grad || seen.ForegroundFeatures.requires_grad);
    }

    [Fact]
    public void What_a_step_does_not_have_is_named()
    {
        using var scope = NewDisposeScope();
        var context = new ObjectiveContext { Labels = ones([1, 1]) };

        foreach (var read in new Func<object>[] { () => context.Images, () => context.Generated, () => context.LabelFeatures, () => context.PromptFeatures })
            Assert.Throws<InvalidOperationException>(read);
        Assert.Contains("no PromptFeatures", Assert.Throws<InvalidOperationException>(() => new PromptTextObjective().Compute(context)).Message);
    }

    [Fact]
    public void What_is_read_lives_as_long_as_the_steps_scope()
    {
        using var outer = NewDisposeScope();
        Tensor masks;
        using (var scope = NewDisposeScope())
        {
            var context = new SmallStep().Context(scope: scope);
            using (NewDisposeScope())
                masks = context.Masks;
            Assert.False(masks.IsInvalid);
        }

        Assert.True(masks.IsInvalid);
    }

    [Theory]
    [InlineData(-.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_floor_outside_0_to_1_is_refused(double floor) => Assert.Throws<ArgumentOutOfRangeException>(() => new PromptTextObjective(floor));

    private static double Slope(IObjective objective, string place, int index)
    {
        const double step = 1e-5;
        return (At(step) - At(-step)) / (2 * step);

        double At(double change)
        {
            using var scope = NewDisposeScope();
            using var noGradient = no_grad();
            var moved = new SmallStep();
            moved.Learned(place).view(-1)[index] += change;
            return objective.Compute(moved.Context()).item<double>();
        }
    }

    /// <summary>How much of the pictures the masks take, for a loss that knows nothing of CLIP.</summary>
    private sealed class MaskSize : IObjective
    {
        public string Name => "mask size";

        public Tensor Compute(ObjectiveContext context) => context.Masks.mean() + 0 * context.BackgroundFeatures.sum();
    }

    /// <summary>Two pictures of 4 x 4 pixels, three classes, maps of 2 x 2, features of 5 numbers above 0; in double precision.</summary>
    private sealed class SmallStep
    {
        private readonly RandomStream _random = new(3);
        private readonly Tensor _images;
        private readonly Tensor _projection;
        private readonly Tensor _backgroundTexts;

        public SmallStep()
        {
            _images = Values(2, 3, 4, 4);
            _projection = Values(48, 5) - .3;
            Texts = Values(3, 5);
            Cams = Values(2, 3, 2, 2).requires_grad_();
            Prompts = Values(3, 5).requires_grad_();
            _backgroundTexts = Values(4, 5);
        }

        public Tensor Labels { get; } = tensor(new double[] { 0, 1, 0, 1, 0, 1 }, [2, 3]);

        public Tensor Texts { get; }

        public Tensor Cams { get; }

        public Tensor Prompts { get; }

        /// <summary>How many images passed the encoder, at each call.</summary>
        public List<long> Encoded { get; } = [];

        public Tensor Learned(string place) => place == nameof(Cams) ? Cams : Prompts;

        public ObjectiveContext Context(long step = 0, TorchSharp.DisposeScope? scope = null) => new()
        {
            Labels = Labels,
            Images = _images,
            Step = step,
            Scope = scope,
            Generated = new GeneratorOutput(Cams.mean([2, 3]), Cams, Cams.mean([2, 3]), Cams, Cams.mean([2, 3]), Cams.mean([2, 3]), null),
            LabelFeatures = Texts,
            PromptFeatures = Prompts,
            BackgroundTextFeatures = _backgroundTexts,
            EncodeImages = images =>
            {
                Encoded.Add(images.shape[0]);
                return images.flatten(1).matmul(_projection).sigmoid();
            },
        };

        private Tensor Values(params long[] shape) =>
            tensor(Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => _random.Uniform()).ToArray(), shape);
    }
}
