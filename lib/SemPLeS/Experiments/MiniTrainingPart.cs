namespace SemPLeS.Experiments;

/// <summary>The trainings of the miniature world; each has random numbers of its own.</summary>
internal enum MiniTrainingPart
{
    /// <summary>CLIP.</summary>
    Clip = 1,

    /// <summary>The mask generator's pre-training.</summary>
    Pretraining = 2,

    /// <summary>Phase 1.</summary>
    Phase1 = 3,

    /// <summary>Stages a and c, which share it: a difference between them is due to the loss alone.</summary>
    Generator = 4,

    /// <summary>Stage b.</summary>
    Prompts = 5,

    /// <summary>The Segmenter.</summary>
    Retraining = 6,
}
