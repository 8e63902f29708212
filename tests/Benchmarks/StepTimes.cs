namespace SemPLeS.Benchmarks;

/// <summary>Seconds of a step's parts.</summary>
internal sealed record StepTimes(double Generator, double Masks, double Image, double Text, double Backward, double Optimiser)
{
    public double Total => Generator + Masks + Image + Text + Backward + Optimiser;
}
