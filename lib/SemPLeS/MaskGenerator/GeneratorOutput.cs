using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>What a mask generator makes of B images whose patch grid has h rows and w columns, for K classes.</summary>
/// <param name="ClassLogits">(B, K): mean over the channels of the class tokens.</param>
/// <param name="CoarseMap">(B, K, h, w): the head's map, before the ReLU that makes it the coarse CAM.</param>
/// <param name="CoarseLogits">(B, K): spatial mean of the coarse map.</param>
/// <param name="RefinedCam">(B, K, h, w), at least 0: the coarse CAM weighted by class attention and spread by patch attention.</param>
/// <param name="RefinedLogits">(B, K): spatial mean of the refined CAM.</param>
/// <param name="HeadWeights">(B, heads x depth), in (0, 1): the fusion's weight of each attention head, index = head x depth + block.</param>
/// <param name="Maps">What lies between, where it was asked for.</param>
public sealed record GeneratorOutput(
    Tensor ClassLogits, Tensor CoarseMap, Tensor CoarseLogits, Tensor RefinedCam, Tensor RefinedLogits, Tensor HeadWeights, IntermediateMaps? Maps);
