namespace SemPLeS.Data.MiniWorld;

/// <summary>The sets of pictures of one miniature world; no two share a picture.</summary>
public enum MiniWorldSet
{
    /// <summary>Pictures with captions, for the miniature CLIP.</summary>
    Clip,

    /// <summary>Scenes without a link between object and background, for the pre-training of the mask generator.</summary>
    Pretrain,

    /// <summary>Scenes for phase 1 and the stages.</summary>
    Train,

    /// <summary>Scenes that nothing is trained on.</summary>
    Validation,
}
