using System.Numerics;

namespace SemPLeS.PseudoMasks;

/// <summary>The vertices of a lattice, numbered from 1 in the order in which they are met, found by their keys: open addressing, linear probing.</summary>
internal sealed class LatticeVertices
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private Slot[] _slots = [];
    private ulong[] _keys = [];
    private int _shift;

    /// <summary>Number of vertices.</summary>
    public int Count { get; private set; }

    /// <summary>The key of a vertex.</summary>
    /// <param name="vertex">1 to <see cref="Count"/>.</param>
    public ulong Key(int vertex) => _keys[vertex];

    /// <summary>Forgets all vertices and makes room for about as many as will come, so that growing is the exception.</summary>
    public void Clear(int expected)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * expected));
        if (_slots.Length < size)
            Resize(size);
        else
            Array.Clear(_slots);
        Count = 0;
    }

    /// <summary>The number of the vertex of this key; a new one where there was none.</summary>
    public int Add(ulong key)
    {
        var slots = _slots;
        var place = Place(key);
        while (true)
        {
            ref var slot = ref slots[place];
            if (slot.Vertex == 0)
                break;
            if (slot.Key == key)
                return slot.Vertex;
            place = (place + 1) & (slots.Length - 1);
        }

        slots[place] = new Slot(key, ++Count);
        _keys[Count] = key;
        if (Count == _keys.Length - 1)
            Grow();
        return Count;
    }

    /// <summary>The number of the vertex of this key; 0 where there is none.</summary>
    public int Find(ulong key)
    {
        var slots = _slots;
        for (var place = Place(key); ; place = (place + 1) & (slots.Length - 1))
        {
            ref var slot = ref slots[place];
            if (slot.Key == key || slot.Vertex == 0)
                return slot.Vertex;
        }
    }

    private int Place(ulong key) => (int)((key * Golden) >> _shift);

    private void Resize(int size)
    {
        _slots = new Slot[size];
        _shift = 64 - BitOperations.Log2((uint)size);
        Array.Resize(ref _keys, size / 2 + 1);
    }

    private void Grow()
    {
        Resize(2 * _slots.Length);
        for (var vertex = 1; vertex <= Count; vertex++)
        {
            var place = Place(_keys[vertex]);
            while (_slots[place].Vertex != 0)
                place = (place + 1) & (_slots.Length - 1);
            _slots[place] = new Slot(_keys[vertex], vertex);
        }
    }

    private readonly record struct Slot(ulong Key, int Vertex);
}
