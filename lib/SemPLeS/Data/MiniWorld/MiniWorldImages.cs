using System.Globalization;

namespace SemPLeS.Data.MiniWorld;

/// <summary>The first scenes of a set of the miniature world as a data set of 6 classes; drawn once and kept, about 20 kB a scene.</summary>
public sealed class MiniWorldImages : ILabelledImages
{
    private readonly MiniScene[] _scenes;
    private readonly string _name;

    /// <summary>Draws the scenes.</summary>
    /// <param name="seed">The world.</param>
    /// <param name="set">Which of its sets.</param>
    /// <param name="count">Number of scenes, at least 0.</param>
    /// <param name="settings">Null: <see cref="MiniWorldSettings.For"/> the set.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, or there is no such set.</exception>
    public MiniWorldImages(long seed, MiniWorldSet set, int count, MiniWorldSettings? settings = null)
    {
        _scenes = MiniScenes.Draw(seed, set, count, settings);
        _name = string.Create(CultureInfo.InvariantCulture, $"world{seed}-{set.ToString().ToLowerInvariant()}");
    }

    /// <inheritdoc/>
    public int Count => _scenes.Length;

    /// <inheritdoc/>
    public int ClassCount => MiniWorldClasses.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => MiniWorldClasses.Objects;

    /// <inheritdoc/>
    public bool HasTruth => true;

    /// <summary>All that is known about a picture.</summary>
    /// <param name="index">0 to Count - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    public MiniScene Scene(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _scenes.Length);
        return _scenes[index];
    }

    /// <inheritdoc/>
    public string Id(int index)
    {
        _ = Scene(index);
        return string.Create(CultureInfo.InvariantCulture, $"{_name}-{index:d6}");
    }

    /// <inheritdoc/>
    public RgbImage Image(int index) => Scene(index).Image;

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels(int index)
    {
        var tags = Scene(index).Tags;
        return [.. Enumerable.Range(0, tags.Length).Where(name => tags[name])];
    }

    /// <inheritdoc/>
    public LabelMap Truth(int index) => Scene(index).Truth;
}
