using SemPLeS.Data;
using SemPLeS.Evaluation;

namespace SemPLeS.Tests.Evaluation;

/// <summary>A true label map, CAMs in 0..1 and the seeds that come from them.</summary>
public sealed record ScoredImage(LabelMap Truth, float[] Cams, SeedMap Seeds);
