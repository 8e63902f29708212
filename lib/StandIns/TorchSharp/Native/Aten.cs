using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace TorchSharp.Native;

/// <summary>
/// Calls operators through libtorch's dispatcher. A signature is the operator's full name and the names of the arguments that are
/// given, e.g. <c>"aten::add.Tensor self other alpha"</c>; what is not named takes the default of this libtorch's schema.
/// </summary>
internal static unsafe class Aten
{
    private const int MostResults = 8;
    private const int BufferBytes = 1024;
    private static readonly ConcurrentDictionary<string, nint> Operators = new(StringComparer.Ordinal);

    public static torch.Tensor Call(string signature, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Value[MostResults];
        Invoke(signature, arguments, results, 1);
        return new torch.Tensor(results[0].Pointer);
    }

    public static (torch.Tensor First, torch.Tensor Second) CallPair(string signature, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Value[MostResults];
        Invoke(signature, arguments, results, 2);
        return (new torch.Tensor(results[0].Pointer), new torch.Tensor(results[1].Pointer));
    }

    public static torch.Tensor[] CallList(string signature, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Value[MostResults];
        Invoke(signature, arguments, results, 1);
        var tensors = new torch.Tensor[results[0].Length];
        var handles = (nint*)results[0].Pointer;
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = new torch.Tensor(handles[i]);
        Shim.Free(results[0].Pointer);
        return tensors;
    }

    /// <summary>For operators that return a number; booleans come as 0 or 1.</summary>
    public static Value CallValue(string signature, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Value[MostResults];
        Invoke(signature, arguments, results, 1);
        return results[0];
    }

    /// <summary>For operators that change their first argument and return it.</summary>
    public static torch.Tensor CallInPlace(string signature, torch.Tensor self, params ReadOnlySpan<Argument> others)
    {
        var results = stackalloc Value[MostResults];
        var all = new Argument[others.Length + 1];
        all[0] = self;
        others.CopyTo(all.AsSpan(1));
        Invoke(signature, all, results, 1);
        Shim.Release(results[0].Pointer);
        return self;
    }

    private static void Invoke(string signature, ReadOnlySpan<Argument> arguments, Value* results, int expected)
    {
        if (!Operators.TryGetValue(signature, out var handle))
        {
            Shim.Check(Shim.Operator(signature, out handle));
            handle = Operators.GetOrAdd(signature, handle);
        }

        var values = stackalloc Value[arguments.Length];
        var bytes = 0;
        foreach (ref readonly var argument in arguments)
            bytes += Size(argument);
        var stack = stackalloc byte[BufferBytes];
        fixed (byte* heap = bytes > BufferBytes ? new byte[bytes] : null)
        {
            var free = heap is null ? stack : heap;
            for (var i = 0; i < arguments.Length; i++)
                values[i] = Convert(arguments[i], ref free);
            var count = Shim.Check(Shim.Call(handle, values, results, MostResults));
            if (count < expected)
                throw new InvalidOperationException($"{signature} returned {count} results instead of {expected}.");
        }

        foreach (ref readonly var argument in arguments)
            GC.KeepAlive(argument.Reference);
    }

    private static int Size(in Argument argument) => argument.Reference switch
    {
        string text => Align(Encoding.UTF8.GetByteCount(text)),
        long[] integers => integers.Length * sizeof(long),
        double[] numbers => numbers.Length * sizeof(double),
        torch.Tensor?[] tensors => tensors.Length * sizeof(nint),
        _ => 0,
    };

    private static int Align(int bytes) => (bytes + 7) & ~7;

    private static Value Convert(in Argument argument, ref byte* free)
    {
        var value = new Value { Tag = argument.Tag };
        switch (argument.Tag)
        {
            case Tag.Tensor:
                value.Pointer = Unsafe.As<torch.Tensor>(argument.Reference!).Handle;
                break;
            case Tag.Double:
                value.Number = argument.Number;
                break;
            case Tag.Device:
                (value.Integer, value.Length) = (argument.Integer, (long)argument.Number);
                break;
            case Tag.Generator:
                value.Pointer = ((torch.Generator)argument.Reference!).Handle;
                break;
            case Tag.String:
                var text = (string)argument.Reference!;
                (value.Pointer, value.Length) = ((nint)free, Encoding.UTF8.GetBytes(text, new Span<byte>(free, Encoding.UTF8.GetByteCount(text))));
                free += Align((int)value.Length);
                break;
            case Tag.Integers:
                var integers = (long[])argument.Reference!;
                (value.Pointer, value.Length) = ((nint)free, integers.Length);
                integers.CopyTo(new Span<long>(free, integers.Length));
                free += integers.Length * sizeof(long);
                break;
            case Tag.Doubles:
                var numbers = (double[])argument.Reference!;
                (value.Pointer, value.Length) = ((nint)free, numbers.Length);
                numbers.CopyTo(new Span<double>(free, numbers.Length));
                free += numbers.Length * sizeof(double);
                break;
            case Tag.Tensors:
                var tensors = (torch.Tensor?[])argument.Reference!;
                (value.Pointer, value.Length) = ((nint)free, tensors.Length);
                foreach (var tensor in tensors)
                {
                    *(nint*)free = tensor?.Handle ?? 0;
                    free += sizeof(nint);
                }

                break;
            default:
                value.Integer = argument.Integer;
                break;
        }

        return value;
    }
}
