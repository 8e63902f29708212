using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>CLIP's features of the backgrounds that a fixed generator finds in pictures that nothing augments: computed when they are first needed, and kept.</summary>
internal sealed class StageBackgrounds : IDisposable
{
    private readonly WeakTrGenerator _generator;
    private readonly StageClip _clip;
    private readonly ILabelledImages _images;
    private readonly StageSettings _settings;
    private readonly Device _device;
    private readonly long[] _firstPair;
    private Tensor? _features;

    public StageBackgrounds(WeakTrGenerator generator, StageClip clip, ILabelledImages images, StageSettings settings, Device device)
    {
        (_generator, _clip, _images, _settings, _device) = (generator, clip, images, settings, device);
        _firstPair = new long[images.Count + 1];
        for (var i = 0; i < images.Count; i++)
            _firstPair[i + 1] = _firstPair[i] + images.Labels(i).Count;
    }

    /// <summary>(P, D): v_b of the pairs of some pictures, in their order. It belongs to the caller's scope.</summary>
    public Tensor Of(IReadOnlyList<int> indices)
    {
        _features ??= Compute();
        using var scope = NewDisposeScope();
        var pairs = indices.SelectMany(index => Enumerable.Range(0, (int)(_firstPair[index + 1] - _firstPair[index])).Select(pair => _firstPair[index] + pair));
        return _features.index_select(0, tensor(pairs.ToArray()).to(_device)).MoveToOuterDisposeScope();
    }

    public void Dispose() => _features?.Dispose();

    private Tensor Compute()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var batch = _settings.Training.BatchSize;
        var parts = Enumerable.Range(0, (_images.Count + batch - 1) / batch).Select(part => Compute(part * batch, Math.Min(batch, _images.Count - part * batch)));
        return cat(parts.ToArray()).DetachFromDisposeScope();
    }

    private Tensor Compute(int first, int count)
    {
        using var scope = NewDisposeScope();
        var context = _clip.PlainContext(_generator, _images, _settings, _device, first, count, scope);
        return context.BackgroundFeatures.MoveToOuterDisposeScope();
    }
}
