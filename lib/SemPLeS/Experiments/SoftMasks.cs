namespace SemPLeS.Experiments;

/// <summary>
/// Masks whose CRF sees the CAMs themselves, not hard labels: the background's score is (1 - greatest CAM)^power, and what the CRF is not sure of is left out of
/// what a Segmenter learns (CLIP-ES; Lin et al., CVPR 2023).
/// </summary>
/// <param name="BackgroundPower">Above 0: 1 as published for VOC.</param>
/// <param name="LeastConfidence">Pixels whose most likely label is less probable than this are 255 in the masks to learn, in 0..1: .95 as published.</param>
public sealed record SoftMasks(double BackgroundPower = 1, double LeastConfidence = .95);
