using SemPLeS.Experiments.Store;
using SemPLeS.Training;

namespace SemPLeS.Experiments.Ablations;

/// <summary>The paper's tables that this library measures, with the paper's numbers.</summary>
public static class AblationTables
{
    private const string PaperSource = "paper (VOC)";

    private static readonly AblationColumn[] SeedColumns =
    [
        new("seed mIoU", "train", "seed_miou"),
        new("false act.", "train", "false_activation"),
        new("val mIoU", "val", "val_miou"),
    ];

    private static readonly StageVariation Clims = new() { Matching = MatchingLoss.Clims };

    private static readonly AblationColumn Seconds = new("seconds", "train", AblationColumn.Seconds, 0);

    private static readonly AblationRow MatchingOnly = new("L_match", 67.6, (preset, world, seed) => [preset.Runs(world, seed, new StageVariation()).Matching]);

    /// <summary>The seeds of the method's generators, one after the other: the paper's numbers are WeakTr's of its Table 1 and two of its Table 4.</summary>
    public static AblationTable Stages { get; } = new(
        "stages",
        "Seeds after each stage",
        PaperSource,
        SeedColumns,
        [
            new("phase 1", 65.9, (preset, world, seed) => [preset.Runs(world, seed, new StageVariation()).Phase1]),
            MatchingOnly with { Name = "stage a (matching)" },
            new("stage c (refinement)", 68.7, (preset, world, seed) => [preset.Runs(world, seed, new StageVariation()).Last]),
        ])
    {
        Claims = [new(1, 0), new(2, 1)],
        Remark = "False act.: false activation.",
    };

    /// <summary>The numbers of the tables, in the order of the paper.</summary>
    public static IReadOnlyList<int> Numbers { get; } = [1, 4, 5, 6];

    /// <summary>Table 1: seeds and masks.</summary>
    public static AblationTable Table1 { get; } = new(
        "table1",
        "Table 1: seeds and masks",
        PaperSource,
        [
            new("seed", "train", "seed_miou"),
            new("mask (CRF)", "train", "mask_crf_miou"),
            new("mask (retrained)", "train", "mask_retrained_miou"),
            new("val", "val", "val_retrained_miou"),
            new("false act.", "train", "false_activation"),
            new("trained (M)", "train", AblationColumn.Parameters, 2),
            new("seconds", "train", AblationColumn.TrainingSeconds, 0),
        ],
        [
            new("phase 1 (WeakTr)", 65.9, (preset, world, seed) => WithMasks(preset, world, seed, preset.Phase1(world, seed, GeneratorMethod.WeakTr))),
            new("MCTformer", 61.7, (preset, world, seed) => WithMasks(preset, world, seed, preset.Phase1(world, seed, GeneratorMethod.Mctformer))),
            new("CLIP-ES", 70.8, (preset, world, seed) => WithMasks(preset, world, seed, preset.ClipEs(world))),
            new("CLIMS", 57.5, (preset, world, seed) => WithMasks(preset, world, seed, preset.Runs(world, seed, Clims).Matching)),
            new("SemPLeS, joint", 65.9, (preset, world, seed) => WithMasks(preset, world, seed, preset.Runs(world, seed, new StageVariation { Scheme = Scheme.Joint }).Last)),
            new("SemPLeS", 68.7, (preset, world, seed) => WithMasks(preset, world, seed, preset.Runs(world, seed, new StageVariation()).Last)),
            new("MCTformer, refined", null, (preset, world, seed) => WithMasks(preset, world, seed, preset.Runs(world, seed, new StageVariation { Generator = GeneratorMethod.Mctformer }).Last)),
            new("CLIMS, refined", null, (preset, world, seed) => WithMasks(preset, world, seed, preset.Runs(world, seed, Clims).Last)),
            new("true masks", null, (preset, world, seed) => [preset.Supervised(world, seed)]),
        ])
    {
        Claims = [new(5, 0), new(5, 0, 1), new(5, 0, 2), new(5, 0, 3), new(5, 1), new(5, 2), new(5, 3), new(5, 4), new(6, 1), new(7, 3), new(7, 3, 1)],
        Quotes =
        [
            new("CLIMS", "CVPR 2022", [57.5, 72.8]) { IsMeasured = true },
            new("MCTformer", "CVPR 2022", [61.7, 69.1]) { IsMeasured = true },
            new("Spatial-BCE", "ECCV 2022", [65.3, 66.3]),
            new("ViT-PCM", "ECCV 2022", [67.1, 71.4]),
            new("ESOL", "NeurIPS 2022", [53.6, 68.7]),
            new("ToCo", "CVPR 2023", [null, 72.2]),
            new("CLIP-ES", "CVPR 2023", [70.8, 75.0]) { IsMeasured = true },
            new("MMCST", "CVPR 2023", [66.3, null]),
            new("USAGE", "ICCV 2023", [67.7, 72.8]),
            new("WeakTr", "arXiv 2023", [65.9, 74.2]) { IsMeasured = true },
            new("SemPLeS", "this method", [68.7, 78.3]) { IsMeasured = true },
        ],
        Remark = "The paper's number stands beside Seed. Its Mask column (WeakTr 74.2, SemPLeS 78.3) is not defined in the paper and fits mask (retrained). Its rows are as given by SemPLeS: CLIMS and WeakTr report other numbers of their own. "
            + "All methods share pictures, pre-trained trunk, CLIP, CRF, Segmenter and threshold rule: what differs is how the CAMs come about. So CLIMS has a ViT with min-max masks and AdamW in place of ResNet-50, sigmoid and SGD; MCTformer has the hard-label CRF in place of AffinityNet; "
            + "CLIP-ES has this CLIP in place of ViT-B/16 and one template without synonyms on mini, and its masks and their training are its own (soft CRF, what it is not sure of ignored). Refined: prompts learned on that method's masks, then L_refine beside its own loss (MCTformer's: L_match). "
            + "True masks: the Segmenter with full supervision, the upper bound. Seconds: all trainings that the seeds come from, on the machine that ran them; CLIP-ES trains nothing.",
    };

    /// <summary>Table 1 on a few hundred photographs, of the methods that need no CLIP.</summary>
    public static AblationTable Photographs { get; } = new(
        "photographs",
        "Table 1 on photographs: seeds and masks after phase 1",
        PaperSource,
        [
            new("seed", "train", "seed_miou"),
            new("mask (CRF)", "train", "mask_crf_miou"),
            new("seed, val", "val", "val_miou"),
            new("trained (M)", "train", AblationColumn.Parameters, 2),
            new("seconds", "train", AblationColumn.TrainingSeconds, 0),
        ],
        [
            new("WeakTr", 65.9, (preset, world, seed) => [preset.Phase1(world, seed, GeneratorMethod.WeakTr)]),
            new("MCTformer", 61.7, (preset, world, seed) => [preset.Phase1(world, seed, GeneratorMethod.Mctformer)]),
        ])
    {
        Claims = [new(0, 1), new(0, 1, 1)],
        Remark = "A ViT-Ti/16 for 20 epochs on 440 photographs in place of a DeiT-S/16 for 60 epochs on 10,582; both methods with one schedule, one augmentation and one way of making CAMs; masks by the hard-label CRF.",
    };

    /// <summary>Table 4: the terms of the loss.</summary>
    public static AblationTable Table4 { get; } = new(
        "table4",
        "Table 4: terms of the loss",
        PaperSource,
        [.. SeedColumns, new("cos(u_b,u_f)", "train", "cos_label", 2), new("cos(u_b,v_b)", "train", "cos_background", 2)],
        [
            MatchingOnly,
            WithPrompts("L_match, L^T, L_refine", 67.7, new StageVariation { HasImageTerm = false }),
            WithPrompts("L_match, L^I, L_refine", 67.9, new StageVariation { HasTextTerm = false }),
            WithPrompts("L_match, L^T + L^I, L_refine", 68.7, new StageVariation()),
        ])
    {
        Claims = [new(3, 0), new(3, 1), new(3, 2), new(1, 0), new(2, 0)],
        Remark = "The first row is stage a; L^T and L^I are the terms of L_prompt; false act.: false activation. cos(u_b, u_f): the learned prompts with their classes' label texts; cos(u_b, v_b): with the backgrounds of their classes in stage a's masks.",
    };

    /// <summary>Table 5: the weight of L_refine, as multiples of the preset's own.</summary>
    public static AblationTable Table5 { get; } = new(
        "table5",
        "Table 5: the weight lambda of L_refine",
        PaperSource,
        SeedColumns,
        [
            MatchingOnly with { Name = "lambda / lambda* = 0", Value = 0 },
            Weighted(.2, 68.3),
            Weighted(.4, 68.4),
            Weighted(1, 68.7),
            Weighted(2, 67.8),
        ])
    {
        Claims = [new(3, 0), new(3, 1), new(3, 2), new(3, 4)],
        ValueName = "lambda / lambda*",
        Remark = "lambda* is the preset's own weight: .05 on VOC, .5 on mini. At 0 stage c is stage a.",
    };

    /// <summary>Table 6: the learning schemes.</summary>
    public static AblationTable Table6 { get; } = new(
        "table6",
        "Table 6: learning schemes",
        PaperSource,
        [.. SeedColumns, Seconds],
        [
            WithPrompts("joint", 65.9, new StageVariation { Scheme = Scheme.Joint }),
            WithPrompts("sequential (1 round)", 68.7, new StageVariation()),
            WithPrompts("alternating, 2 rounds", 68.5, new StageVariation { Scheme = new AlternatingScheme(2) }),
            WithPrompts("alternating, 3 rounds", 68.4, new StageVariation { Scheme = new AlternatingScheme(3) }),
        ])
    {
        Claims = [new(1, 0), new(1, 2), new(1, 3)],
        Remark = "Seconds: of a row's own trainings after phase 1, on the machine that ran them; what rows share is counted in each.",
    };

    /// <summary>The table of a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of <see cref="Numbers"/>.</exception>
    public static AblationTable Of(int number) => number switch
    {
        1 => Table1,
        4 => Table4,
        5 => Table5,
        6 => Table6,
        _ => throw new ArgumentOutOfRangeException(nameof(number), number, "The paper's tables that can be measured are 1, 4, 5 and 6."),
    };

    private static AblationRow Weighted(double share, double paper) => new(
        FormattableString.Invariant($"lambda / lambda* = {share}"), paper, (preset, world, seed) =>
        [
            // lambda* itself is no variation: the run of the other tables.
            preset.Runs(world, seed, new StageVariation { Lambda = share == 1 ? null : share * preset.Lambda }).Last,
        ])
    {
        Value = share,
    };

    private static AblationRow WithPrompts(string name, double paper, StageVariation variation) => new(name, paper, (preset, world, seed) =>
    {
        var runs = preset.Runs(world, seed, variation);
        return [runs.Last, runs.LastPrompts];
    });

    private static IReadOnlyList<PlannedRun> WithMasks(AblationPreset preset, int world, int seed, PlannedRun generator) => [generator, preset.Segmentation(world, seed, generator)];
}
