using System.Text.Json;
using SemPLeS.Training;
using Xunit;

namespace SemPLeS.Tests.Training;

public sealed class LearningRateScheduleTests
{
    public static TheoryData<string> Goldens => [.. TestFolders.GoldenFiles("schedule", ".json")];

    [Theory]
    [MemberData(nameof(Goldens))]
    public void The_schedule_by_epoch_matches_the_reference(string path)
    {
        var golden = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path));
        const int stepsPerEpoch = 3;
        var schedule = new LearningRateCosineByEpoch(Number("base_lr"), (int)Number("epochs"), stepsPerEpoch)
        {
            WarmUpEpochs = (int)Number("warmup_epochs"),
            WarmUpRate = Number("warmup_lr"),
            Floor = Number("min_lr"),
        };
        var rates = golden.GetProperty("lr").Deserialize<double[]>()!;
        for (var epoch = 0; epoch < rates.Length; epoch++)
        {
            AssertRate(rates[epoch], schedule.At(epoch * stepsPerEpoch));
            AssertRate(rates[epoch], schedule.At(epoch * stepsPerEpoch + stepsPerEpoch - 1));
        }

        double Number(string name) => golden.GetProperty(name).GetDouble();
    }

    [Theory]
    [InlineData(0, 1e-6)]
    [InlineData(1, 1e-6)]
    [InlineData(2, 1.58e-5)]
    [InlineData(5, 6.02e-5)]
    [InlineData(6, 7.38925892e-5)]
    [InlineData(31, 4.25e-5)]
    [InlineData(61, 1e-5)]
    [InlineData(500, 1e-5)]
    public void The_warm_up_by_epoch_leads_into_a_cosine_counted_from_the_start(int epoch, double rate)
    {
        var schedule = new LearningRateCosineByEpoch(7.5e-5, 60, 1) { WarmUpEpochs = 5, WarmUpRate = 1e-6, Floor = 1e-5 };

        Assert.Equal(rate, schedule.At(epoch), 1e-12);
    }

    [Fact]
    public void The_warm_up_by_step_reaches_the_peak_and_the_cosine_starts_there()
    {
        var schedule = new LearningRateCosineByStep(8, 12) { WarmUpSteps = 4 };

        Assert.Equal([2, 4, 6, 8, 8], Enumerable.Range(0, 5).Select(s => schedule.At(s)));
        AssertRate(4, schedule.At(8));
        AssertRate(8 * (1 + Math.Cos(Math.PI * 7 / 8)) / 2, schedule.At(11));
        Assert.Equal(0, schedule.At(12));
    }

    [Fact]
    public void The_cosine_by_step_ends_at_its_floor()
    {
        var schedule = new LearningRateCosineByStep(2e-4, 540) { WarmUpSteps = 27, Floor = 2e-6 };

        Assert.Equal(2e-4 / 27, schedule.At(0), 1e-15);
        Assert.Equal(2e-4, schedule.At(27), 1e-15);
        Assert.InRange(schedule.At(539), 2e-6, 2.01e-6);
        Assert.Equal(2e-6, schedule.At(540));
    }

    [Fact]
    public void The_polynomial_decays_from_start_to_floor()
    {
        var schedule = new LearningRatePolynomial(1e-4, 100) { Floor = 1e-5 };

        Assert.Equal(1e-4, schedule.At(0), 1e-18);
        AssertRate(1e-5 + 9e-5 * Math.Pow(.5, .9), schedule.At(50));
        Assert.Equal(1e-5, schedule.At(100));
        Assert.Equal(1e-5, schedule.At(1000));
    }

    [Fact]
    public void A_constant_rate_stays() => Assert.Equal(.05, new LearningRateConstant(.05).At(1_000_000));

    [Fact]
    public void Published_rates_scale_with_the_batch() => AssertRate(7.5e-5, LearningRateSchedule.Scaled(6e-4, 64));

    [Fact]
    public void Settings_out_of_range_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateConstant(1).At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateCosineByEpoch(1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateCosineByEpoch(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateCosineByEpoch(1, 1, 1) { WarmUpEpochs = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateCosineByStep(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateCosineByStep(1, 1) { WarmUpSteps = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRatePolynomial(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Scaled(1, 0));
    }

    private static void AssertRate(double expected, double actual) => Assert.InRange(actual, expected - 1e-9 * Math.Abs(expected), expected + 1e-9 * Math.Abs(expected));
}
