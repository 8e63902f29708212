using System.Text.Json;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Experiments.Ablations;

public sealed class AblationTablesTests : IDisposable
{
    private readonly AblationPreset _preset = AblationPreset.Named("mini-smoke");
    private readonly string _folder = Directory.CreateTempSubdirectory("tables").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_method_itself_is_one_run_in_all_tables()
    {
        PlannedRun[] same =
        [
            Run(AblationTables.Table4, 3),
            Run(AblationTables.Table5, 3),
            Run(AblationTables.Table6, 1),
            Run(AblationTables.Table1, 5),
        ];
        Assert.Equal("stage-c", same[0].Stage);
        Assert.Single(same.Select(run => run.Key).Distinct());
    }

    [Fact]
    public void The_loss_without_refinement_is_one_run_in_tables_4_and_5()
    {
        Assert.Equal("stage-a", Run(AblationTables.Table4, 0).Stage);
        Assert.Equal(Run(AblationTables.Table4, 0), Run(AblationTables.Table5, 0));
    }

    [Fact]
    public void More_rounds_go_on_from_the_runs_of_fewer()
    {
        var three = Run(AblationTables.Table6, 3);
        Assert.Equal(Run(AblationTables.Table6, 2), three.Starts["generator"]);
        Assert.Equal(Run(AblationTables.Table6, 1), three.Starts["generator"].Starts["generator"]);
    }

    [Fact]
    public void All_tables_of_a_world_need_these_trainings_and_no_more()
    {
        var runs = AblationTables.Numbers.SelectMany(number => AblationTables.Of(number).Runs(_preset, 1)).ToArray();
        var plan = new RunQueue(new ResultStore(_folder), new ExperimentOptions { Folder = _folder }).Plan(runs);
        Assert.Equal(
            ["clip-es 1", "joint 1", "phase-1 2", "segmentation 8", "stage-a 3", "stage-b 5", "stage-b-2 1", "stage-b-3 1", "stage-c 8", "stage-c-2 1", "stage-c-3 1", "supervised 1"],
            plan.GroupBy(item => item.Run.Stage).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_world_that_is_not_there_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AblationTables.Table4.Runs(_preset, _preset.Worlds + 1));

    [SharedFact("paper/tables.json")]
    public void The_papers_numbers_are_the_papers()
    {
        using var paper = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFolders.Shared!, "paper", "tables.json")));
        foreach (var (number, column) in new[] { (4, 4), (5, 1) })
            Assert.Equal(Numbers(number, column), AblationTables.Of(number).Rows.Select(row => row.Paper));
        Assert.Equal(Numbers(6, 2), AblationTables.Table6.Rows.Select(row => row.Paper));
        Assert.Equal(Numbers(1, 2), AblationTables.Table1.Quotes.Select(quote => quote.Values[0]));
        Assert.Equal(Numbers(1, 3), AblationTables.Table1.Quotes.Select(quote => quote.Values[1]));
        // WeakTr, MCTformer, CLIP-ES, CLIMS, the joint scheme of Table 6, SemPLeS; then rows that the paper does not have.
        var seeds = Numbers(1, 2);
        Assert.Equal([seeds[9], seeds[1], seeds[6], seeds[0], Numbers(6, 2)[0], seeds[10], null, null, null], AblationTables.Table1.Rows.Select(row => row.Paper));

        double?[] Numbers(int table, int column) =>
            [.. paper.RootElement.GetProperty($"table{table}").GetProperty("rows").EnumerateArray().Select(row => row[column].ValueKind == JsonValueKind.Null ? (double?)null : row[column].GetDouble())];
    }

    [Fact]
    public void Each_rival_starts_from_what_it_shares_and_CLIP_ES_from_nothing()
    {
        var (weakTr, mctformer, clipEs, clims) = (Run(AblationTables.Table1, 0), Run(AblationTables.Table1, 1), Run(AblationTables.Table1, 2), Run(AblationTables.Table1, 3));
        Assert.Equal(["phase-1", "phase-1", "clip-es", "stage-a"], new[] { weakTr, mctformer, clipEs, clims }.Select(run => run.Stage));
        Assert.NotEqual(weakTr, mctformer);
        Assert.Equal(weakTr, clims.Starts["generator"]);
        Assert.Contains("CoOccurrenceObjective { Threshold = 0.396, ReferenceBatch = 16", clims.Configuration["Matching.Objectives.Terms"], StringComparison.Ordinal);
        Assert.Contains("water", clims.Data["texts"], StringComparison.Ordinal);
        Assert.Empty(clipEs.Starts);
        Assert.Equal(clipEs, AblationTables.Table1.Rows[2].Runs(_preset, 0, 1)[0]);

        // Refined: prompts of that method's own masks, its own start, its own loss and L_refine.
        var (refined, refinedClims) = (Run(AblationTables.Table1, 6), Run(AblationTables.Table1, 7));
        Assert.Equal(mctformer, refined.Starts["generator"]);
        Assert.Equal(weakTr, refinedClims.Starts["generator"]);
        Assert.Equal(clims, refinedClims.Starts["prompts"].Starts["generator"]);
        Assert.Contains("RefineObjective { Name = refine, Encodes = Foreground }, Weight = ConstantWeight { Weight = 5 }", refinedClims.Configuration["Refinement.Objectives.Terms"], StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_are_counted_once_and_seconds_are_of_all_trainings_before_the_seeds()
    {
        var store = new ResultStore(_folder);
        var table = AblationTables.Table1 with { Rows = [AblationTables.Table1.Rows[2], new("SemPLeS", null, (preset, world, seed) => [preset.Runs(world, seed, new StageVariation()).Last])], Claims = [] };
        var result = Ablation.Make(table, _preset, 1, new RunQueue(store, new ExperimentOptions { Folder = _folder }));
        var stored = store.Entries().Select(entry => entry.Run!).ToArray();

        Assert.Equal((0, 0), (result.Rows[0].Cells[0].Values[5], result.Rows[0].Cells[0].Values[6]));
        Assert.Equal(stored.Where(run => run.Stage is not ("segmentation" or "clip-es")).Sum(run => run.Seconds), result.Rows[1].Cells[0].Values[6]!.Value, 1e-9);
        // The generator without its unused last norm, and 6 prompts of 8 vectors of 64 channels.
        using var generator = SemPLeS.MaskGenerator.GeneratorStart.Random(MiniPreset.Generator(), new SemPLeS.Data.RandomStream(0));
        Assert.Equal((generator.parameters().Sum(parameter => parameter.NumberOfElements) - (2 * 96) + (6 * 8 * 64)) / 1e6, result.Rows[1].Cells[0].Values[5]!.Value, 1e-12);
    }

    [Fact]
    public void Some_rows_of_a_table_keep_their_order_and_the_claims_about_them()
    {
        var table = AblationTables.Table1.Only("clims, REFINED", "CLIMS", "MCTformer");
        Assert.Equal(["MCTformer", "CLIMS", "CLIMS, refined"], table.Rows.Select(row => row.Name));
        Assert.Equal([new AblationClaim(2, 1), new AblationClaim(2, 1, 1)], table.Claims);
        Assert.Contains("'CLIP-ES'", Assert.Throws<ArgumentException>(() => AblationTables.Table1.Only("CLIPES")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_is_made_once_and_read_back()
    {
        var queue = new RunQueue(new ResultStore(_folder), new ExperimentOptions { Folder = _folder });
        Assert.Null(Ablation.Read(AblationTables.Table4, _preset, 1, queue));

        var made = Ablation.Table4(_preset, 1, queue);
        var read = Ablation.Table4(_preset, 1, new RunQueue(new ResultStore(_folder), new ExperimentOptions { Folder = _folder }));
        Assert.Equal(made.Rows.SelectMany(row => row.Cells[0].Values), read.Rows.SelectMany(row => row.Cells[0].Values));

        Assert.Equal((4, 8), (made.Rows.Count, made.Runs));
        Assert.Equal([null, 0.1, 0.3, 1.1], made.Rows.Select(row => row.PaperDelta is { } delta ? Math.Round(delta, 1) : (double?)null));
        Assert.Equal(made.Rows[3].Summaries[0]!.Mean - made.Rows[0].Summaries[0]!.Mean, made.Rows[3].Delta!.Mean, 1e-9);
        Assert.Null(made.Rows[0].Summaries[3]);
        Assert.All(made.Rows.Skip(1), row => Assert.InRange(row.Summaries[3]!.Mean, -1, 1));
        Assert.Equal("last", made.EpochRule);
        Assert.Contains("best mIoU", made.ThresholdRule, StringComparison.Ordinal);

        // A prompt without L^I does not know the background, one without L^T stays nearer to the label.
        Assert.True(made.Rows[1].Summaries[4]!.Mean < made.Rows[2].Summaries[4]!.Mean);
        Assert.True(made.Rows[1].Summaries[3]!.Mean < made.Rows[2].Summaries[3]!.Mean);

        var path = Path.Combine(_folder, "table4.json");
        AblationFile.Write(path, made);
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Equal(made.Rows[3].Cells[0].Values[0], json.RootElement.GetProperty("rows")[3].GetProperty("cells")[0].GetProperty("values")[0].GetDouble());
        Assert.Contains("| L_match |", AblationView.Markdown(made), StringComparison.Ordinal);
        Assert.Contains(made.Verdicts[0].ToString(), AblationView.Markdown(made), StringComparison.Ordinal);
        Assert.Contains("67.6", TableText.Csv(AblationView.Table(made)), StringComparison.Ordinal);
        Assert.Equal("Table 4: terms of the loss", AblationView.Chart(made).Title);
    }

    private PlannedRun Run(AblationTable table, int row) => table.Rows[row].Runs(_preset, 0, 0)[0];
}
