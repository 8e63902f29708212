using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor T => Aten.Call("aten::t self", this);

        public Tensor mT => transpose(-2, -1);

        public Tensor this[params TensorIndex[] indices]
        {
            get => TensorIndex.Apply(this, indices);
            set => TensorIndex.Assign(this, indices, value);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => this[TensorIndex.Single(i1)] = value;
        }

        public Tensor this[long i1, long i2]
        {
            get => this[TensorIndex.Single(i1), TensorIndex.Single(i2)];
            set => this[TensorIndex.Single(i1), TensorIndex.Single(i2)] = value;
        }

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Aten.Call("aten::as_strided self size stride storage_offset", this, size, strides, storageOffset);

        public Tensor alias()
        {
            Checked(Shim.Alias(Handle, out var same));
            return new Tensor(same);
        }

        public Tensor clone() => Aten.Call("aten::clone self", this);

        public Tensor contiguous() => Aten.Call("aten::contiguous self", this);

        public Tensor detach() => Aten.Call("aten::detach self", this);

        public Tensor view(params long[] shape) => Aten.Call("aten::view self size", this, shape);

        public Tensor view_as(Tensor other) => Aten.Call("aten::view_as self other", this, other);

        public Tensor reshape(params long[] shape) => Aten.Call("aten::reshape self shape", this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Aten.Call("aten::flatten.using_ints self start_dim end_dim", this, start_dim, end_dim);

        public Tensor squeeze(long? dim = null) =>
            dim is { } given ? Aten.Call("aten::squeeze.dim self dim", this, given) : Aten.Call("aten::squeeze self", this);

        public Tensor unsqueeze(long dim) => Aten.Call("aten::unsqueeze self dim", this, dim);

        public Tensor permute(params long[] permutation) => Aten.Call("aten::permute self dims", this, permutation);

        public Tensor transpose(long dim0, long dim1) => Aten.Call("aten::transpose.int self dim0 dim1", this, dim0, dim1);

        public Tensor t() => Aten.Call("aten::t self", this);

        public Tensor expand(params long[] sizes) => Aten.Call("aten::expand self size", this, sizes);

        public Tensor expand_as(Tensor other) => Aten.Call("aten::expand_as self other", this, other);

        public Tensor repeat(params long[] sizes) => Aten.Call("aten::repeat self repeats", this, sizes);

        public Tensor select(long dim, long index) => Aten.Call("aten::select.int self dim index", this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) =>
            Aten.Call("aten::slice.Tensor self dim start end step", this, dim, start, finish, step);

        public Tensor narrow(long dim, long start, long length) => Aten.Call("aten::narrow self dim start length", this, dim, start, length);

        public Tensor index(params Tensor[] indices) => Aten.Call("aten::index.Tensor self indices", this, indices);

        public Tensor index(params TensorIndex[] indices) => TensorIndex.Apply(this, indices);

        public Tensor index_put_(Tensor value, params Tensor[] indices) =>
            Aten.CallInPlace("aten::index_put_ self indices values", this, indices, value);

        public Tensor index_select(long dim, Tensor index) => Aten.Call("aten::index_select self dim index", this, dim, index);

        public Tensor gather(long dim, Tensor index) => Aten.Call("aten::gather self dim index", this, dim, index);

        public Tensor masked_select(Tensor mask) => Aten.Call("aten::masked_select self mask", this, mask);

        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.Call("aten::masked_fill.Scalar self mask value", this, mask, value);

        public Tensor flip(params long[] dims) => Aten.Call("aten::flip self dims", this, dims);

        public Tensor roll(long shifts, long? dims = null) =>
            Aten.Call("aten::roll self shifts dims", this, new[] { shifts }, dims is { } given ? new[] { given } : []);

        public Tensor triu(long diagonal = 0) => Aten.Call("aten::triu self diagonal", this, diagonal);

        public Tensor tril(long diagonal = 0) => Aten.Call("aten::tril self diagonal", this, diagonal);

        public Tensor diag(long diagonal = 0) => Aten.Call("aten::diag self diagonal", this, diagonal);

        public Tensor nonzero() => Aten.Call("aten::nonzero self", this);

        public Tensor[] unbind(long dimension = 0) => Aten.CallList("aten::unbind.int self dim", this, dimension);

        public Tensor[] chunk(long chunks, long dim = 0) => Aten.CallList("aten::chunk self chunks dim", this, chunks, dim);

        public Tensor[] split(long size, int dim = 0) => Aten.CallList("aten::split.Tensor self split_size dim", this, size, dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Aten.CallList("aten::split_with_sizes self split_sizes dim", this, sizes, dim);

        public Tensor copy_(Tensor source, bool nonBlocking = false) =>
            Aten.CallInPlace("aten::copy_ self src non_blocking", this, source, nonBlocking);

        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(dtype, device, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(type, device, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(type, device, copy, disposeAfter, non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(type, device, copy, disposeAfter, non_blocking);

        public Tensor @float() => to(ScalarType.Float32);

        public Tensor @double() => to(ScalarType.Float64);

        public Tensor half() => to(ScalarType.Float16);

        public Tensor @long() => to(ScalarType.Int64);

        public Tensor @byte() => to(ScalarType.Byte);

        public Tensor @bool() => to(ScalarType.Bool);

        private Tensor Converted(ScalarType type, Device device, bool copy, bool disposeAfter, bool non_blocking)
        {
            var result = Aten.Call("aten::to.device self device dtype non_blocking copy", this, device, type, non_blocking, copy);
            if (disposeAfter)
                Dispose();
            return result;
        }
    }
}
