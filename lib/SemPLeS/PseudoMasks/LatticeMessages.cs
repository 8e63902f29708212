using System.Runtime.Intrinsics;

namespace SemPLeS.PseudoMasks;

/// <summary>The values at a lattice's vertices: those being sliced, and those being splatted for the next iteration.</summary>
internal sealed class LatticeMessages
{
    private PermutohedralLattice _lattice = new();
    private Vector256<float>[] _sliced = [];
    private Vector256<float>[] _splatted = [];
    private int _blocks;

    /// <summary>What sliced values are multiplied by.</summary>
    public float Weight { get; private set; }

    /// <summary>Vertices around a pixel.</summary>
    public int Corners => _lattice.Corners;

    /// <summary>For each pixel the vertices around it.</summary>
    public ReadOnlySpan<int> Places => _lattice.Places;

    /// <summary>Their weights.</summary>
    public ReadOnlySpan<float> Weights => _lattice.Weights;

    /// <summary>The blurred values of the last iteration.</summary>
    public Span<Vector256<float>> Sliced => _sliced.AsSpan(0, Length);

    /// <summary>The sums of this iteration.</summary>
    public Span<Vector256<float>> Splatted => _splatted.AsSpan(0, Length);

    private int Length => _lattice.Count * _blocks;

    /// <summary>Begins with a picture.</summary>
    public void Start(PermutohedralLattice lattice, float weight, int blocks)
    {
        (_lattice, Weight, _blocks) = (lattice, weight, blocks);
        if (_sliced.Length < Length)
            (_sliced, _splatted) = (GC.AllocateUninitializedArray<Vector256<float>>(Length), GC.AllocateUninitializedArray<Vector256<float>>(Length));
    }

    /// <summary>Sets the sums to 0.</summary>
    public void BeginSplat() => Splatted.Clear();

    /// <summary>Blurs the sums, which become what is sliced.</summary>
    public void Blur()
    {
        if (!_lattice.Blur(Splatted, Sliced, _blocks))
            (_sliced, _splatted) = (_splatted, _sliced);
    }
}
