namespace SemPLeS.Experiments.Laboratory;

/// <summary>The stage whose loss a reader's term is added to.</summary>
public enum LaboratoryStage
{
    /// <summary>Stage a: L_match. What it ends with is compared with stage a's generator.</summary>
    Matching,

    /// <summary>Stage b: L_prompt. Stage c follows with those prompts, and what that ends with is compared.</summary>
    Prompting,

    /// <summary>Stage c: L_match + lambda L_refine.</summary>
    Refinement,
}
