namespace TorchSharp;

public static partial class torch
{
    /// <summary>One place of an index expression: a number, a slice, a tensor, a new axis or an ellipsis.</summary>
    public struct TensorIndex
    {
        public static TensorIndex Colon = new(Kind.Slice);
        public static TensorIndex Ellipsis = new(Kind.Ellipsis);
        public static TensorIndex None = new(Kind.NewAxis);
        public static TensorIndex Null = new(Kind.NewAxis);

        private readonly Kind kind;
        private readonly long? first;
        private readonly long? second;
        private readonly long? step;
        private readonly Tensor? tensor;

        private TensorIndex(Kind kind, long? first = null, long? second = null, long? step = null, Tensor? tensor = null)
        {
            this.kind = kind;
            this.first = first;
            this.second = second;
            this.step = step;
            this.tensor = tensor;
        }

        private enum Kind
        {
            Single,
            Slice,
            Tensor,
            NewAxis,
            Ellipsis,
        }

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex((int? First, int? Second) range) => Slice(range.First, range.Second);

        public static TensorIndex Single(long? index) => new(Kind.Single, index);

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(Kind.Slice, start, stop, step);

        public static TensorIndex Slice(Range range) => new(
            Kind.Slice,
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            range.End is { IsFromEnd: true, Value: 0 } ? null : range.End.IsFromEnd ? -range.End.Value : range.End.Value);

        public static TensorIndex Tensor(Tensor tensor) => new(Kind.Tensor, tensor: tensor);

        internal static Tensor Apply(Tensor source, TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var (view, advanced) = View(source, indices);
            var result = advanced.Length > 0 ? Native.Aten.Call("aten::index.Tensor self indices", view, advanced) : view;
            return result.MoveToOuterDisposeScope();
        }

        internal static void Assign(Tensor target, TensorIndex[] indices, Tensor value)
        {
            using var scope = NewDisposeScope();
            var (view, advanced) = View(target, indices);
            if (advanced.Length > 0)
                Native.Aten.CallInPlace("aten::index_put_ self indices values", view, advanced, value);
            else
                view.copy_(value);
        }

        /// <summary>Everything but tensors is applied, as a view; the tensors are returned, each at the view's dimension that it indexes.</summary>
        private static (Tensor View, Tensor?[] Advanced) View(Tensor source, TensorIndex[] indices)
        {
            var result = source.alias();
            var consumed = indices.Count(index => index.kind is Kind.Single or Kind.Slice or Kind.Tensor);
            var dimension = 0L;
            var advanced = new List<Tensor?>();
            foreach (var index in indices)
            {
                switch (index.kind)
                {
                    case Kind.Single:
                        result = result.select(dimension, index.first!.Value);
                        break;
                    case Kind.Slice:
                        if (index.first is not null || index.second is not null || index.step is not null)
                            result = result.slice(dimension, index.first ?? 0, index.second ?? long.MaxValue, index.step ?? 1);
                        dimension++;
                        break;
                    case Kind.NewAxis:
                        result = result.unsqueeze(dimension++);
                        break;
                    case Kind.Ellipsis:
                        dimension += source.ndim - consumed;
                        break;
                    default:
                        while (advanced.Count < dimension)
                            advanced.Add(null);
                        advanced.Add(index.tensor);
                        dimension++;
                        break;
                }
            }

            return (result, [.. advanced]);
        }
    }
}
