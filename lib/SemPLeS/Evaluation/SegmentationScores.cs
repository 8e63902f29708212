namespace SemPLeS.Evaluation;

/// <summary>Scores of label maps against the truth, over all pixels of all images; all are fractions in 0..1.</summary>
/// <param name="Iou">Intersection over union of each label, background first; NaN for a label that neither truth nor prediction has.</param>
/// <param name="MeanIou">mIoU: mean over the labels whose IoU is not NaN.</param>
/// <param name="FalsePositiveRate">Mean over the object classes in truth or prediction of (predicted - correct) / union (WeakTr); NaN when there are none.</param>
/// <param name="FalseNegativeRate">The same of (truth - correct) / union.</param>
public sealed record SegmentationScores(IReadOnlyList<double> Iou, double MeanIou, double FalsePositiveRate, double FalseNegativeRate);
