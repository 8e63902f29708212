using System.Globalization;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;

namespace SemPLeS.Experiments;

/// <summary>The scenes of a world's pre-training, with 12 tags: objects and backgrounds alike, so that nothing is told but that they are different things.</summary>
/// <param name="world">The world.</param>
/// <param name="count">Number of scenes.</param>
public sealed class MiniPretrainingImages(int world, int count) : ILabelledImages
{
    private readonly MiniScene[] _scenes = MiniScenes.Draw(world, MiniWorldSet.Pretrain, count);

    /// <inheritdoc/>
    public int Count => _scenes.Length;

    /// <inheritdoc/>
    public int ClassCount => ClassNames.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames { get; } = [.. MiniWorldClasses.Objects, .. MiniWorldClasses.Backgrounds];

    /// <inheritdoc/>
    public bool HasTruth => false;

    /// <inheritdoc/>
    public string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"world{world}-pretrain-{index:d6}");

    /// <inheritdoc/>
    public RgbImage Image(int index) => _scenes[index].Image;

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels(int index)
    {
        var tags = _scenes[index].ObjectAndBackgroundTags();
        return [.. Enumerable.Range(0, tags.Length).Where(tag => tags[tag])];
    }

    /// <inheritdoc/>
    public LabelMap Truth(int index) => throw new InvalidOperationException("The pre-training's masks know objects only, not its 12 classes.");
}
