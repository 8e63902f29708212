using SemPLeS.Evaluation;
using SemPLeS.PseudoMasks;

namespace SemPLeS.Experiments;

/// <summary>One way of scoring seeds.</summary>
/// <param name="Name">A short name for tables: "Q", "A", "mini".</param>
/// <param name="Description">The same in words.</param>
/// <param name="Cams">How CAMs are made.</param>
/// <param name="Rule">How the background threshold is chosen.</param>
public sealed record SeedProtocol(string Name, string Description, CamSettings Cams, ThresholdRule Rule);
