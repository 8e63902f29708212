using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SemPLeS.PseudoMasks;

/// <summary>
/// Mean-field inference of a dense CRF with two kernels and Potts compatibility (Krähenbühl and Koltun 2011, algorithm 1). The labels of a pixel, and of a
/// vertex, stand beside each other, padded to whole vectors.
/// </summary>
/// <remarks>
/// One pass over the pixels does the end of an iteration and the beginning of the next: slice the blurred messages, softmax, splat the new Q. So
/// Q is never kept but for the last, and places and weights are read once an iteration. Allocates only where a picture is larger than all before.
/// </remarks>
internal sealed class MeanField
{
    // A potential of padding: its exponential is 0 in float32, with all room for messages.
    private const float Never = -1e30f;

    private readonly LatticeMessages _gaussian = new();
    private readonly LatticeMessages _bilateral = new();
    private Vector256<float>[] _potentials = [];
    private int _pixels;
    private int _labels;
    private int _blocks;

    /// <summary>Begins with a picture: its potentials are to be filled in.</summary>
    public void Start(int pixels, int labels)
    {
        (_pixels, _labels) = (pixels, labels);
        _blocks = (labels + Vector256<float>.Count - 1) / Vector256<float>.Count;
        if (_potentials.Length < pixels * _blocks)
            _potentials = GC.AllocateUninitializedArray<Vector256<float>>(pixels * _blocks);
        if (labels % Vector256<float>.Count != 0)
            _potentials.AsSpan(0, pixels * _blocks).Fill(Vector256.Create(Never));
    }

    /// <summary>A pixel's logarithms of label probabilities: minus the unary energies, up to a constant.</summary>
    public Span<float> Potentials(int pixel) => MemoryMarshal.Cast<Vector256<float>, float>(_potentials.AsSpan(pixel * _blocks, _blocks))[.._labels];

    /// <summary>Runs the inference; the potentials are replaced by the marginals.</summary>
    public void Iterate((PermutohedralLattice Lattice, float Weight) gaussian, (PermutohedralLattice Lattice, float Weight) bilateral, int iterations)
    {
        _gaussian.Start(gaussian.Lattice, gaussian.Weight, _blocks);
        _bilateral.Start(bilateral.Lattice, bilateral.Weight, _blocks);
        for (var i = 0; i <= iterations; i++)
        {
            var step = new MeanFieldPass(Slices: i > 0, Splats: i < iterations);
            if (step.Splats)
            {
                _gaussian.BeginSplat();
                _bilateral.BeginSplat();
            }

            if (_blocks == 1)
                step.RunOne(_potentials.AsSpan(0, _pixels), _gaussian, _bilateral);
            else
                step.RunMany(_potentials.AsSpan(0, _pixels * _blocks), _blocks, _gaussian, _bilateral);
            if (step.Splats)
            {
                _gaussian.Blur();
                _bilateral.Blur();
            }
        }
    }

    /// <summary>Copies the marginals.</summary>
    /// <param name="values">labels x pixels values.</param>
    public void CopyMarginals(Span<float> values)
    {
        for (var pixel = 0; pixel < _pixels; pixel++)
        {
            var own = Potentials(pixel);
            for (var label = 0; label < own.Length; label++)
                values[label * _pixels + pixel] = own[label];
        }
    }
}
