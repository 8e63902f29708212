using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>What <see cref="Value"/> holds; the numbers are those of native/shim.cpp.</summary>
internal enum Tag : long
{
    None,
    Tensor,
    Integer,
    Double,
    Bool,
    String,
    Integers,
    Doubles,
    Tensors,
    Device,
    Generator,
}

/// <summary>One argument or result on its way through the C interface.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct Value
{
    [FieldOffset(0)]
    public Tag Tag;

    [FieldOffset(8)]
    public long Integer;

    [FieldOffset(8)]
    public double Number;

    [FieldOffset(8)]
    public nint Pointer;

    [FieldOffset(16)]
    public long Length;
}
