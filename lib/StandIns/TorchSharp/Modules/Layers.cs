using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public abstract class ParameterLessModule<T1, TResult> : nn.Module<T1, TResult>
    {
        private protected ParameterLessModule(string name)
            : base(name)
        {
        }
    }

    public sealed class ReLU : ParameterLessModule<Tensor, Tensor>
    {
        internal ReLU()
            : base(nameof(ReLU))
        {
        }

        public override Tensor forward(Tensor tensor) => tensor.relu();
    }

    public sealed class Sigmoid : ParameterLessModule<Tensor, Tensor>
    {
        internal Sigmoid()
            : base(nameof(Sigmoid))
        {
        }

        public override Tensor forward(Tensor tensor) => tensor.sigmoid();
    }

    public sealed class Identity : ParameterLessModule<Tensor, Tensor>
    {
        internal Identity()
            : base(nameof(Identity))
        {
        }

        public override Tensor forward(Tensor tensor) => tensor.alias();
    }

    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        internal Linear(long inputs, long outputs, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(Linear))
        {
            weight = Fresh(this, nameof(weight), [outputs, inputs], inputs, device, dtype);
            bias = hasBias ? Fresh(this, nameof(bias), [outputs], inputs, device, dtype) : null;
            in_features = inputs;
            out_features = outputs;
        }

        public Parameter weight { get; set; }

        public Parameter? bias { get; set; }

        public long in_features { get; set; }

        public long out_features { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);

        /// <summary>PyTorch's default start of linear and convolution layers: uniform within +-1/sqrt(fan in).</summary>
        internal static Parameter Fresh(nn.Module owner, string name, long[] shape, long fanIn, Device? device, ScalarType? dtype)
        {
            using var noGradient = no_grad();
            var bound = 1 / Math.Sqrt(fanIn);
            var parameter = new Parameter(empty(shape, dtype, device).uniform_(-bound, bound));
            owner.register_parameter(name, parameter);
            return parameter;
        }
    }

    public sealed class LayerNorm : nn.Module<Tensor, Tensor>
    {
        internal LayerNorm(long[] shape, double eps, bool affine, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(LayerNorm))
        {
            normalized_shape = shape;
            this.eps = eps;
            elementwise_affine = affine;
            weight = affine ? new Parameter(ones(shape, dtype, device)) : null!;
            bias = affine && hasBias ? new Parameter(zeros(shape, dtype, device)) : null;
            if (affine)
                register_parameter(nameof(weight), weight);
            if (bias is not null)
                register_parameter(nameof(bias), bias);
        }

        public Parameter weight { get; set; }

        public Parameter? bias { get; set; }

        public long[] normalized_shape { get; set; }

        public double eps { get; set; }

        public bool elementwise_affine { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
    }

    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        internal Embedding(long embeddings, long dimensions, Device? device, ScalarType? dtype)
            : base(nameof(Embedding))
        {
            using var noGradient = no_grad();
            weight = new Parameter(empty([embeddings, dimensions], dtype, device).normal_());
            register_parameter(nameof(weight), weight);
        }

        public Parameter? weight { get; set; }

        public override Tensor forward(Tensor input) => Native.Aten.Call("aten::embedding weight indices", weight, input);
    }

    public abstract class Convolution : nn.Module<Tensor, Tensor>
    {
        private protected Convolution(string name, long inputs, long outputs, long kernel, long stride, long padding, long dilation, long groups, bool hasBias, Device? device, ScalarType? dtype)
            : base(name)
        {
            (in_channels, out_channels, this.groups) = (inputs, outputs, groups);
            (kernel_size, this.stride, this.padding, this.dilation) = ([kernel, kernel], [stride, stride], [padding, padding], [dilation, dilation]);
            var fanIn = inputs / groups * kernel * kernel;
            weight = Linear.Fresh(this, nameof(weight), [outputs, inputs / groups, kernel, kernel], fanIn, device, dtype);
            bias = hasBias ? Linear.Fresh(this, nameof(bias), [outputs], fanIn, device, dtype) : null;
        }

        public Parameter weight { get; set; }

        public Parameter? bias { get; set; }

        public long in_channels { get; }

        public long out_channels { get; }

        public long groups { get; set; }

        public long[] kernel_size { get; set; }

        public long[] stride { get; set; }

        public long[]? padding { get; }

        public long[] dilation { get; set; }
    }

    public sealed class Conv2d : Convolution
    {
        internal Conv2d(long inputs, long outputs, long kernel, long stride, long padding, long dilation, long groups, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(Conv2d), inputs, outputs, kernel, stride, padding, dilation, groups, hasBias, device, dtype)
        {
        }

        public override Tensor forward(Tensor input) => nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ReLU ReLU(bool inplace = false) => new();

            public static Sigmoid Sigmoid() => new();

            public static Identity Identity() => new();

            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            public static Embedding Embedding(
                long num_embeddings,
                long embedding_dims,
                long? padding_idx = null,
                double? max_norm = null,
                double norm_type = 2,
                bool scale_grad_by_freq = false,
                bool sparse = false,
                Device? device = null,
                ScalarType? dtype = null) =>
                padding_idx is null && max_norm is null && !scale_grad_by_freq && !sparse
                    ? new(num_embeddings, embedding_dims, device, dtype)
                    : throw new NotSupportedException("The stand-in's Embedding has neither padding, norms, scaled nor sparse gradients.");

            public static LayerNorm LayerNorm(long normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            public static LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels,
                long out_channels,
                long kernel_size,
                long stride = 1,
                long padding = 0,
                long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null) =>
                padding_mode == PaddingModes.Zeros
                    ? new(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, device, dtype)
                    : throw new NotSupportedException($"The stand-in's Conv2d pads with zeros only, not {padding_mode}.");
        }
    }
}
