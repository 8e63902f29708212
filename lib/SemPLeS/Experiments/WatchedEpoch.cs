namespace SemPLeS.Experiments;

/// <summary>A look at pictures with truth during a training.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="MeanIou">mIoU at one scale, without mirror image and CRF, in 0..1.</param>
/// <param name="WeightsPath">The weights.</param>
public sealed record WatchedEpoch(int Epoch, double MeanIou, string WeightsPath);
