namespace SemPLeS.Training;

/// <summary>One run in which generator and prompts learn at every step: <see cref="StageJoint"/>.</summary>
public sealed record JointScheme : Scheme;
