namespace SemPLeS.Objectives;

/// <summary>Two features of a pair that are compared.</summary>
public enum PairSimilarity
{
    /// <summary>What the mask cuts out with the label text: sim(v_f, u_f).</summary>
    ForegroundLabel,

    /// <summary>The rest with the label text: sim(v_b, u_f).</summary>
    BackgroundLabel,

    /// <summary>What the mask cuts out with the prompt: sim(v_f, u_b).</summary>
    ForegroundPrompt,

    /// <summary>The rest with the prompt: sim(u_b, v_b).</summary>
    BackgroundPrompt,

    /// <summary>The prompt with the label text: sim(u_b, u_f).</summary>
    PromptLabel,
}
