namespace SemPLeS.Objectives;

/// <summary>The two images that the mask of a pair makes of its picture.</summary>
[Flags]
public enum PairImages
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>Mask times picture.</summary>
    Foreground = 1,

    /// <summary>One minus mask, times picture.</summary>
    Background = 2,

    /// <summary>Both.</summary>
    Both = Foreground | Background,
}
