namespace SemPLeS.Experiments;

/// <summary>One measured number.</summary>
/// <param name="Preset">The preset that was run: mini, voc12, coco14.</param>
/// <param name="World">What data it was run on: the miniature world's name and seed, or the data set.</param>
/// <param name="Seed">The training seed.</param>
/// <param name="Row">What was measured: phase-1, stage-a, stage-c, supervised, ...</param>
/// <param name="Split">The images that it was measured on: train, val.</param>
/// <param name="Metric">Such as seed_miou, mask_crf_miou, mask_retrained_miou and val_miou in percent, false_activation in percent, seconds.</param>
/// <param name="Value">The number; finite.</param>
public sealed record ResultRecord(string Preset, string World, int Seed, string Row, string Split, string Metric, double Value);
