using System.Globalization;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of libtorch: what it is. Operators are in the other files of this class.</summary>
    public partial class Tensor : IDisposable
    {
        private static long total;
        private static long peak;
        private nint handle;

        internal Tensor(nint handle)
        {
            this.handle = handle;
            OwningDisposeScope = DisposeScope.Register(this);
            var living = Interlocked.Increment(ref total);
            if (living > Volatile.Read(ref peak))
                Interlocked.Exchange(ref peak, living);
        }

        ~Tensor() => Dispose(false);

        public static long TotalCount => Volatile.Read(ref total);

        public static long PeakCount => Volatile.Read(ref peak);

        public nint Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public bool IsInvalid => handle == 0;

        internal DisposeScope? OwningDisposeScope { get; set; }

        public long ndim => Checked(Shim.Dim(Handle));

        public long Dimensions => ndim;

        public long NumberOfElements => numel();

        public long ElementSize => element_size();

        public ScalarType dtype => (ScalarType)Checked(Shim.DType(Handle));

        public DeviceType device_type => device.type;

        public Device device
        {
            get
            {
                var type = Checked(Shim.Device(Handle, out var index));
                return new Device((DeviceType)type, (int)index);
            }
        }

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_leaf => Checked(Shim.IsLeaf(Handle)) != 0;

        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[ndim];
                var strides = stackalloc long[sizes.Length];
                fixed (long* first = sizes)
                    Checked(Shim.Sizes(Handle, first, strides));
                return sizes;
            }
        }

        public bool requires_grad
        {
            get => Checked(Shim.RequiresGrad(Handle)) != 0;
            set => Checked(Shim.SetRequiresGrad(Handle, value ? 1 : 0));
        }

        public Tensor? grad
        {
            get
            {
                Checked(Shim.Grad(Handle, out var gradient));
                return gradient == 0 ? null : new Tensor(gradient);
            }
            set
            {
                Checked(Shim.SetGrad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(value);
            }
        }

        /// <summary>The memory of a contiguous tensor on the CPU.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous() || device_type != DeviceType.CPU)
                    throw new NotImplementedException("Bytes() called on non-contiguous tensor, or one that is not on the CPU.");
                var length = checked((int)(numel() * element_size()));
                return length == 0 ? [] : new Span<byte>((void*)Shim.Data(Handle), length);
            }
            set
            {
                if (value.Length != bytes.Length)
                    throw new ArgumentException($"{value.Length} bytes were given for a tensor of {bytes.Length}.");
                value.CopyTo(bytes);
            }
        }

        public long dim() => ndim;

        public long numel() => Checked(Shim.Numel(Handle));

        public long element_size() => dtype switch
        {
            ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
            ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
            ScalarType.Int32 or ScalarType.Float32 => 4,
            ScalarType.ComplexFloat64 => 16,
            _ => 8,
        };

        public long[] size() => shape;

        public long size(int dim)
        {
            var sizes = shape;
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        public unsafe long[] stride()
        {
            var strides = new long[ndim];
            var sizes = stackalloc long[strides.Length];
            fixed (long* first = strides)
                Checked(Shim.Sizes(Handle, sizes, first));
            return strides;
        }

        public bool is_contiguous() => Checked(Shim.IsContiguous(Handle)) != 0;

        public bool is_floating_point() =>
            dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

        public bool is_integral() => dtype is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64;

        public Utils.TensorAccessor<T> data<T>()
            where T : unmanaged => new(this);

        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
                throw new ArgumentException($"The number of elements in the tensor must be 1, not {numel()}.");
            using var scope = NewDisposeScope();
            return new Utils.TensorAccessor<T>(cpu()).ToArray()[0];
        }

        public Scalar ToScalar() => Scalar.Of(Aten.CallValue("aten::item self", this));

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void backward() => Checked(Shim.Backward(Handle, 0, 0, 0));

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false)
        {
            Checked(Shim.Backward(Handle, grad_tensors is [var gradient, ..] ? gradient.Handle : 0, retain_graph ? 1 : 0, create_graph ? 1 : 0));
            GC.KeepAlive(grad_tensors);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            DisposeScope.Own(this, other);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            DisposeScope.Own(this, null);
            return this;
        }

        public void Dispose()
        {
            Count();
            DisposeScope.Own(this, null);
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public override string ToString() =>
            IsInvalid ? "[disposed]" : string.Create(CultureInfo.InvariantCulture, $"[{string.Join('x', shape)}], type = {dtype}, device = {device}");

        /// <summary>Gives the native tensor away: this object is empty afterwards.</summary>
        internal nint Take()
        {
            var taken = Handle;
            Count();
            handle = 0;
            DisposeScope.Own(this, null);
            Interlocked.Decrement(ref total);
            GC.SuppressFinalize(this);
            return taken;
        }

        /// <summary>Passes a result of this tensor's native call on, or throws; until then the finaliser can't free the tensor under the call.</summary>
        private long Checked(long result)
        {
            GC.KeepAlive(this);
            return Shim.Check(result);
        }

        internal void SetData(Tensor data)
        {
            Checked(Shim.SetData(Handle, data.Handle));
            GC.KeepAlive(data);
        }

        protected virtual void Dispose(bool disposing)
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released == 0)
                return;
            Shim.Release(released);
            Interlocked.Decrement(ref total);
        }

        /// <summary>Counts this tensor as freed by the thread, if it still is one.</summary>
        private void Count()
        {
            if (handle == 0)
                return;
            var statistics = DisposeScopeManager.Statistics.TensorStatistics;
            if (OwningDisposeScope is null)
                statistics.DisposedOutsideScopeCount++;
            else
                statistics.DisposedInScopeCount++;
        }
    }
}
