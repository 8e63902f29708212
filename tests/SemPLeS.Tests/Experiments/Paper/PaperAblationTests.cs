using SemPLeS.Data;
using SemPLeS.Data.Coco;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;
using SemPLeS.MaskGenerator;
using SemPLeS.Notebooks;
using SemPLeS.Tests.Data.Coco;
using Xunit;

namespace SemPLeS.Tests.Experiments.Paper;

public sealed class PaperAblationTests : IDisposable
{
    private readonly SmallPaper _paper = new();

    public void Dispose() => _paper.Dispose();

    [Fact]
    public void A_table_of_photographs_is_trained_stored_and_read_with_rows_paired_by_training_seed()
    {
        var (store, options) = Store();
        var preset = AblationPreset.Of(_paper.Data);
        var queue = new RunQueue(store, options);

        var result = Ablation.Table4(preset, worlds: 2, queue);

        Assert.Equal(("voc12", "training seed", 2), (result.Preset, result.Unit, result.Worlds.Count));
        Assert.All(result.Rows, row => Assert.All(row.Summaries.Take(3).Where((_, column) => column != 1), summary => Assert.InRange(summary!.Mean, 0, 100)));
        Assert.NotEqual(result.Rows[0].Summaries[0]!.ByWorld[0], result.Rows[0].Summaries[0]!.ByWorld[1]);
        // Phase 1, a, b and c of the whole loss, and b and c of each half: 8 trainings for each seed.
        Assert.Equal(16, result.Runs);
        Assert.All(queue.Plan(AblationTables.Stages.Runs(preset, 2)), run => Assert.Equal(RunState.Stored, run.State));
        Assert.Contains("paired by training seed", TableText.Markdown(AblationView.Table(result)), StringComparison.Ordinal);
    }

    [Fact]
    public void Photographs_of_COCO_are_trained_and_scored_as_those_of_VOC()
    {
        using var coco = new CocoFiles().WithPhotographs(1, 2, 3, 4);
        _ = CocoMasks.Write(coco.Root, "train2014");
        Directory.CreateSymbolicLink(Path.Combine(coco.DataFolder, "weights"), Path.Combine(_paper.Root, "weights"));
        var small = SmallPaper.Preset;
        var preset = PaperPreset.Coco14 with
        {
            Generator = small.Generator with { Classes = 90 },
            Phase1Batch = 2,
            Phase1Epochs = 1,
            CamScales = [4],
            Stages = PaperStagePreset.Coco14 with { MatchingBatch = 2, RefinementBatch = 2, PromptBatch = 2, Epochs = 1, ImageSize = small.Stages.ImageSize, PromptLength = 2 },
            Splits = new("train2014", 3, "train2014", 3, "train2014", 3),
        };
        var (store, options) = Store();

        var stored = new RunQueue(store, options).Run([AblationPreset.Of(new PaperData(preset, coco.DataFolder)).Runs(0, 0, new StageVariation()).Last]);

        Assert.Equal(("coco14", "stage-c"), (Assert.Single(stored).Preset, stored[0].Stage));
        Assert.Equal(4, store.Entries().Count);
    }

    [Fact]
    public void Every_run_of_photographs_has_a_price()
    {
        var preset = AblationPreset.Of(_paper.Data);
        foreach (var run in preset.Tables.SelectMany(table => table.Table.Runs(preset, 1, 1)))
        {
            var price = run.Price!(null);
            Assert.True(price is { Operations: > 0, WeightBytes: > 0 }, $"{run}: {price}");
            Assert.True(run.Price(1).StepBytes <= price.StepBytes, $"{run}");
        }
    }

    [Fact]
    public void A_published_generator_takes_the_place_of_phase_1()
    {
        var (store, options) = Store();
        var path = Path.Combine(_paper.Root, "weaktr.pth");
        using (var generator = GeneratorStart.Random(SmallPaper.Preset.PublishedGenerator, new RandomStream(7)))
            generator.Save(path);
        var runs = AblationPreset.Of(_paper.Data with { Phase1Path = path }).Runs(0, 0, new StageVariation());
        Assert.True(runs.Phase1.Price!(null).Operations < AblationPreset.Of(_paper.Data).Runs(0, 0, new StageVariation()).Phase1.Price!(null).Operations);
        var stored = new RunQueue(store, options).Run([runs.Phase1, runs.Matching]);

        Assert.Equal(("phase-1", 0), (stored[0].Stage, stored[0].Seconds));
        Assert.NotEmpty(stored[0].Metrics);
        Assert.True(stored[1].Seconds > 0);
        Assert.NotEqual(stored[0].Key, AblationPreset.Of(_paper.Data with { Phase1Path = path }).Runs(1, 0, new StageVariation()).Phase1.Key);
        var missing = _paper.Data with { Phase1Path = path + "x" };
        Assert.Equal("dotnet run data-scripts/weaktr.cs", Assert.Single(missing.Missing()).Command);
    }

    [Fact]
    public void Table_1_of_photographs_has_masks_and_segmenters()
    {
        var (store, options) = Store();
        var runs = AblationTables.Table1.Runs(AblationPreset.Of(_paper.Data), 1);

        Assert.Equal([.. Enumerable.Repeat("segmentation", 8), "supervised"], runs.Select(run => run.Stage).Where(stage => stage.StartsWith('s') && !stage.StartsWith("stage", StringComparison.Ordinal)));
        Assert.Equal(runs.Count, runs.Select(run => run.Key).Distinct().Count());
        Assert.Empty(store.Entries());
        Assert.Equal(options.Folder, store.Folder);
    }

    [Fact]
    public void The_rivals_run_on_photographs_as_on_drawings_with_their_published_constants()
    {
        var (store, options) = Store();
        var preset = AblationPreset.Of(_paper.Data);
        var (clims, mctformer) = (preset.Runs(0, 0, new StageVariation { Matching = MatchingLoss.Clims }), preset.Runs(0, 0, new StageVariation { Generator = GeneratorMethod.Mctformer }));

        var stored = new RunQueue(store, options).Run([clims.Last, mctformer.Last, preset.ClipEs(0)]);

        Assert.Equal(["stage-c", "stage-c", "clip-es"], stored.Select(run => run.Stage));
        Assert.All(stored, run => Assert.InRange(run.Value("train", "seed_miou")!.Value, 0, 100));
        Assert.InRange(stored[2].Value("train", "own_rule_miou")!.Value, 0, 100);
        Assert.Contains("Threshold = 0.26,", stored[0].Configuration["Refinement.Objectives.Terms"], StringComparison.Ordinal);
        Assert.Contains("Weight = 0.5 }", stored[0].Configuration["Refinement.Objectives.Terms"], StringComparison.Ordinal);
        var ofMctformer = mctformer.Phase1.Configuration;
        Assert.Equal(("0.05", "false", "1"), (ofMctformer["Training.Optimizer.WeightDecay"], ofMctformer["Training.Optimizer.DecayVectors"], ofMctformer["Generator.Uniform.ClassBlocks"]));
        Assert.DoesNotContain(clims.Phase1.Configuration.Keys, key => key.Contains("Uniform", StringComparison.Ordinal));
    }

    [Fact]
    public void CLIP_ES_texts_are_of_every_class_and_bear_synonyms()
    {
        Assert.Equal((20, 25, .4), (ClipEsTexts.Voc.ClassTexts.Count, ClipEsTexts.Voc.BackgroundTexts.Count, ClipEsTexts.Voc.BoxThreshold));
        Assert.Equal((90, 23, .7), (ClipEsTexts.Coco.ClassTexts.Count, ClipEsTexts.Coco.BackgroundTexts.Count, ClipEsTexts.Coco.BoxThreshold));
        Assert.Equal("a clean origami bird avian.", ClipEsTexts.Voc.ClassTexts[2]);
        Assert.Equal("a clean origami necktie.", ClipEsTexts.Coco.ClassTexts[31]);
        Assert.Equal(88, SemPLeS.Clip.ManualPrompts.Coco.Count);
    }

    /// <summary>Windows of 480 pixels at six scales: two minutes for two pictures.</summary>
    [Fact]
    [Trait(Speed.Name, Speed.Slow)]
    public void A_Segmenter_of_the_published_size_learns_masks_of_photographs_and_is_scored()
    {
        var (store, options) = Store();
        foreach (var (split, ids) in new[] { ("train_aug", new[] { "photograph0", "photograph1" }), ("train", ["photograph0"]), ("val", ["photograph7"]) })
            _paper.List(split, ids);
        using (var trunk = GeneratorStart.Random(PaperPreset.Voc12.Generator with { Classes = 1 }, new RandomStream(7)))
            trunk.Save(_paper.Data.TrunkPath);
        var path = Path.Combine(_paper.Root, "small.safetensors");
        using (var small = GeneratorStart.Random(SmallPaper.Preset.PublishedGenerator, new RandomStream(7)))
            small.Save(path);
        var shortest = SmallPaper.Preset with { Retraining = PaperRetrainingPreset.Voc12 with { Epochs = 1, Batch = 2 }, Splits = new("train_aug", 2, "train", 1, "val", 1) };
        var preset = AblationPreset.Of(_paper.Data with { Preset = shortest, Phase1Path = path });

        var stored = new RunQueue(store, options with { MicroBatch = null }).Run([preset.Segmentation(0, 0, preset.Runs(0, 0, new StageVariation()).Phase1)]);

        Assert.Equal("segmentation", Assert.Single(stored).Stage);
        Assert.All(stored[0].Metrics, metric => Assert.True(double.IsFinite(metric.Value), $"{metric}"));
    }

    [Fact]
    public void Another_list_other_weights_and_another_seed_are_other_runs()
    {
        var key = Key(0);
        Assert.Equal(key, Key(0));
        Assert.NotEqual(key, Key(1));
        _paper.List("train_aug", "photograph0", "photograph1", "photograph2");
        Assert.NotEqual(key, Key(0));
        _paper.List("train_aug", [.. Enumerable.Range(0, 6).Select(i => $"photograph{i}")]);
        Assert.Equal(key, Key(0));
        File.AppendAllText(_paper.Data.TrunkPath, " ");
        Assert.NotEqual(key, Key(0));

        string Key(int world) => AblationPreset.Of(_paper.Data).Runs(world, 0, new StageVariation()).Phase1.Key;
    }

    [Fact]
    public void A_preset_whose_weights_are_missing_is_an_error_that_names_file_and_command()
    {
        _paper.Delete("weights/ViT-B-32.pt");

        var error = Assert.Throws<FileNotFoundException>(() => AblationPreset.Named("voc12", _paper.Root));

        Assert.Contains("ViT-B-32.pt", error.Message, StringComparison.Ordinal);
        Assert.Contains("data-scripts/clip.cs", error.Message, StringComparison.Ordinal);
    }

    private (ResultStore Store, ExperimentOptions Options) Store()
    {
        var folder = Path.Combine(_paper.Root, "store");
        return (new ResultStore(folder), new ExperimentOptions { Folder = folder, Workers = 1, MicroBatch = 1 });
    }
}
