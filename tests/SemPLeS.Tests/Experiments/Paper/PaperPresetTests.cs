using SemPLeS.Experiments;
using SemPLeS.Training;
using Xunit;

namespace SemPLeS.Tests.Experiments.Paper;

/// <summary>The design's table of constants.</summary>
public sealed class PaperPresetTests
{
    [Theory]
    [InlineData("voc12", 20, 7.5e-5, "Max", 8, new[] { 1, 1.2 })]
    [InlineData("coco14", 90, 2.5e-5, "Mean", 4, new[] { 1, .8, 1.2 })]
    public void Phase_1_and_generator_are_the_published_ones(string name, int classes, double peak, string pooling, int reduction, double[] scales)
    {
        var preset = PaperPreset.Named(name);
        var settings = preset.Phase1(preset.Splits.TrainingImages, 0);
        var steps = preset.Splits.TrainingImages / 64;

        Assert.Equal((name, classes, classes), (preset.Name, preset.Generator.Classes, preset.Texts.Count));
        Assert.Equal((pooling, reduction), (preset.Generator.Pooling.ToString(), preset.Generator.HeadReduction));
        Assert.Equal((384, 12, 6), (preset.Generator.Width, preset.Generator.Depth, preset.Generator.Heads));
        Assert.Equal(scales, preset.Seeds.Cams.Scales);
        Assert.Equal((60, 64), (settings.Epochs, settings.BatchSize));
        // Epochs 0 and 1 share the rate that the warm-up starts from; after it the cosine has already run for five epochs.
        Assert.Equal([1e-6, 1e-6], new[] { 0L, steps }.Select(step => settings.LearningRate.At(step)));
        Assert.Equal(1e-5 + (peak - 1e-5) * (1 + Math.Cos(Math.PI * 5 / 60)) / 2, settings.LearningRate.At(6L * steps), 12);
    }

    [Fact]
    public void Every_constant_is_listed_once_with_a_source()
    {
        foreach (var preset in new[] { PaperPreset.Voc12, PaperPreset.Coco14 })
        {
            var constants = PaperConstants.Of(preset);
            Assert.Equal(constants.Count, constants.Select(constant => (constant.Part, constant.Name)).Distinct().Count());
            Assert.All(constants, constant => Assert.Contains(constant.Source, new[] { "P", "S", "W", "C", "M", "L", "O" }));
            Assert.All(constants, constant => Assert.NotEmpty(constant.Value));
        }

        Assert.Contains(new PresetConstant("stages", "lambda, equation (3)", "0.05", "P"), PaperConstants.Of(PaperPreset.Voc12));
        Assert.Contains(new PresetConstant("stages a, c", "batch", "32 (a), 24 (c)", "S"), PaperConstants.Of(PaperPreset.Coco14));
    }

    [Fact]
    public void A_variation_changes_the_stages_and_nothing_else()
    {
        var settings = PaperStagePreset.Voc12.Settings(10_582, 0, new StageVariation { Lambda = .1, LambdaB = 1, PromptLength = 8, Epochs = 3, PromptEpochs = 5, HasTextTerm = false });

        Assert.Equal([1, 1, .1], settings.Refinement.Objectives.Terms.Select(term => term.Weight.At(0)));
        Assert.Equal((3, 5, 8), (settings.Matching.Training.Epochs, settings.Prompting.Training.Epochs, settings.PromptLength));
        Assert.Single(settings.Prompting.Objectives.Terms);
        Assert.Equal(SettingsText.Of(PaperStagePreset.Voc12.Settings(10_582)), SettingsText.Of(PaperStagePreset.Voc12.Settings(10_582, 0, new StageVariation())));
    }

    [Fact]
    public void An_unknown_preset_is_an_error_that_names_it() => Assert.Contains("voc07", Assert.Throws<ArgumentException>(() => PaperPreset.Named("voc07")).Message, StringComparison.Ordinal);

    [Fact]
    public void Cocos_texts_name_the_categories_in_the_order_of_their_identifiers() =>
        Assert.Equal(("person", "street sign", "toothbrush"), (PaperTexts.Coco[0], PaperTexts.Coco[11], PaperTexts.Coco[89]));
}
