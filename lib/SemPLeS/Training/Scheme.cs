namespace SemPLeS.Training;

/// <summary>In what order the stages are run (the paper's Table 6).</summary>
public abstract record Scheme
{
    private protected Scheme()
    {
    }

    /// <summary>Stage a, then b under a's generator, then c from the weights of phase 1: the authors' published settings.</summary>
    public static Scheme Sequential { get; } = new AlternatingScheme(1);

    /// <summary>One run in which generator and prompts learn at every step.</summary>
    public static Scheme Joint { get; } = new JointScheme();
}
