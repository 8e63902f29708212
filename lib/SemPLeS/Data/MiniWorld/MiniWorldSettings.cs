namespace SemPLeS.Data.MiniWorld;

/// <summary>How scenes are composed. All values are probabilities, 0 .. 1; others are an <see cref="ArgumentOutOfRangeException"/>.</summary>
public sealed record MiniWorldSettings
{
    /// <summary>An object's zone shows its own background; else one of the five others. 1/6 means no link at all.</summary>
    public double OwnBackground { get; init => field = Probability(value, nameof(OwnBackground)); } = .9;

    /// <summary>A scene holds two objects, one of each zone; else one.</summary>
    public double TwoObjects { get; init => field = Probability(value, nameof(TwoObjects)); } = .2;

    /// <summary>The zone without an object shows a texture; else a neutral wall.</summary>
    public double OtherTexture { get; init => field = Probability(value, nameof(OtherTexture)); } = .7;

    /// <summary>What a set is drawn with unless told otherwise: the standard values, but no link in <see cref="MiniWorldSet.Pretrain"/>.</summary>
    public static MiniWorldSettings For(MiniWorldSet set) =>
        set == MiniWorldSet.Pretrain ? new() { OwnBackground = 1.0 / MiniWorldClasses.Count } : new();

    private static double Probability(double value, string name) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "A probability is in 0 .. 1.");
}
