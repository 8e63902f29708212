using System.Globalization;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;

namespace SemPLeS.Experiments;

/// <summary>The pictures that a world's CLIP learns from; the one label of each is its caption.</summary>
/// <param name="world">The world.</param>
/// <param name="count">Number of pictures.</param>
public sealed class MiniCaptionedImages(int world, int count) : ILabelledImages
{
    private readonly CaptionedPicture[] _pictures = CaptionedPictures.Draw(world, count);

    /// <inheritdoc/>
    public int Count => _pictures.Length;

    /// <inheritdoc/>
    public int ClassCount => ClassNames.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => MiniWorldClasses.Captions;

    /// <inheritdoc/>
    public bool HasTruth => false;

    /// <inheritdoc/>
    public string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"world{world}-clip-{index:d6}");

    /// <inheritdoc/>
    public RgbImage Image(int index) => _pictures[index].Image;

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels(int index) => [_pictures[index].Caption];

    /// <inheritdoc/>
    public LabelMap Truth(int index) => throw new InvalidOperationException("Captioned pictures have no masks.");
}
