// Declarations that resemble those of the packages, for the tests of the formatter and the comparer.
#pragma warning disable CA1822, IDE0040, IDE0044, CS0067, CS0169, CS0414, CS0649, IDE0051, IDE0060, IDE1006
using System.Collections;
using System.Numerics;

namespace SemPLeS.Tests.Signatures.Samples;

public enum Padding
{
    Valid = 0,
    Same = 1,
}

public delegate void RowAction<TPixel>(Span<TPixel> row, in int y)
    where TPixel : unmanaged;

public interface IModule<T, TResult>
{
    TResult call(T input);

    bool training { get; }
}

public static class torch
{
    public const Padding padding = Padding.Same;
    public static readonly Tensor EMPTY = new();

    public enum ScalarType : sbyte
    {
        Float32 = 6,
    }

    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Tensor? like = null, bool requires_grad = false, string[]? names = null) => EMPTY;

    public static (Tensor values, Tensor indices) max(this Tensor input, long dim, params Tensor[] others) => (EMPTY, EMPTY);

    public static T to<T>(this T module, ScalarType type = ScalarType.Float32, char order = 'C', string mode = "fan_in", double eps = 1e-5, float p = 0.1f, (long, long)? stride = null, CancellationToken token = default)
        where T : nn.Module, new() => module;

    public sealed class Tensor : IDisposable
    {
        public Tensor this[params Range[] ranges] { get => this; set => _ = value; }

        public Tensor? grad { get; set; }

        public static Tensor operator +(Tensor left, float right) => left;

        public static implicit operator Tensor(long value) => new();

        public static explicit operator double(Tensor value) => 0;

        public void Dispose() => GC.SuppressFinalize(this);

        public bool TryGet(out Tensor? value, ref int position, in Complex scale)
        {
            value = null;
            return false;
        }

        public override string ToString() => "";

        ~Tensor()
        {
        }
    }

    public static class nn
    {
        public class Module : IDisposable
        {
            protected readonly long[][,] _shapes = [];

            protected Module(string name)
            {
            }

            public Module()
            {
            }

            public virtual bool training { get; protected set; }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
            }

            public void Dispose() => Dispose(true);

            protected virtual void Dispose(bool disposing)
            {
            }

            internal void Hidden()
            {
            }

            private protected void AlsoHidden()
            {
            }
        }

        public abstract class Module<T, TResult> : Module, IModule<T, TResult>
            where T : class
        {
            public event Action<Module<T, TResult>, (int?, string)>? Called;

            public abstract TResult forward(T input);

            public TResult call(T input) => forward(input);
        }
    }
}

public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>, IEnumerable<KeyValuePair<string, nint>>
{
    public override torch.Tensor forward(torch.Tensor input) => input;

    public IEnumerator<KeyValuePair<string, nint>> GetEnumerator() => throw new NotSupportedException();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected override void Dispose(bool disposing)
    {
    }
}

public struct Index<TPixel> : IEquatable<Index<TPixel>>
    where TPixel : unmanaged, IEquatable<TPixel>
{
    public TPixel Value;

    public Index(TPixel value) => Value = value;

    public bool Equals(Index<TPixel> other) => true;

    public struct Enumerator<TOther>
        where TOther : struct
    {
        public Func<TPixel, TOther?, Memory<byte>> Current { get; init; }
    }
}
