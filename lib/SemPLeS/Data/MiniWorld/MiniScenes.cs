namespace SemPLeS.Data.MiniWorld;

/// <summary>
/// Draws the scenes of the miniature world: six objects, each usually in front of its own background, with exact masks. A scene is a pure function of
/// world seed, set, place in the set and settings.
/// </summary>
public static class MiniScenes
{
    /// <summary>Draws the first scenes of a set, on all processors.</summary>
    /// <param name="seed">The world: its own data, to train its own networks on.</param>
    /// <param name="set">Which of its sets.</param>
    /// <param name="count">Number of scenes, at least 0.</param>
    /// <param name="settings">Null: <see cref="MiniWorldSettings.For"/> the set.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, or there is no such set.</exception>
    public static MiniScene[] Draw(long seed, MiniWorldSet set, int count, MiniWorldSettings? settings = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        RequireSet(set);
        var scenes = new MiniScene[count];
        Parallel.For(0, count, i => scenes[i] = At(seed, set, i, settings));
        return scenes;
    }

    /// <summary>Draws one scene of a set.</summary>
    /// <param name="seed">The world.</param>
    /// <param name="set">Which of its sets.</param>
    /// <param name="index">Place in the set, at least 0.</param>
    /// <param name="settings">Null: <see cref="MiniWorldSettings.For"/> the set.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is negative, or there is no such set.</exception>
    public static MiniScene At(long seed, MiniWorldSet set, int index, MiniWorldSettings? settings = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        RequireSet(set);
        return SceneComposer.Compose(new RandomStream(seed, (long)set, index), settings ?? MiniWorldSettings.For(set));
    }

    private static void RequireSet(MiniWorldSet set)
    {
        if (!Enum.IsDefined(set))
            throw new ArgumentOutOfRangeException(nameof(set), set, "There is no such set.");
    }
}
