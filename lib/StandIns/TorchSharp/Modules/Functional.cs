using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public enum Reduction
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Aten.Call("aten::linear input weight bias", input, weights, bias);

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Aten.Call("aten::conv2d input weight bias stride padding dilation groups", input, weight, bias, strides ?? [1, 1], padding ?? [0, 0], dilation ?? [1, 1], groups);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.Call("aten::layer_norm input normalized_shape weight bias eps", input, normalized_shape, weight, bias, eps);

            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            public static Tensor silu(Tensor x, bool inplace = false) => x.silu();

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Aten.Call("aten::binary_cross_entropy_with_logits self target weight pos_weight reduction", input, target, weight, pos_weights, (long)reduction);

            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0) =>
                Aten.Call("aten::cross_entropy_loss self target weight reduction ignore_index label_smoothing", input, target, weight, (long)reduction, ignore_index, label_smoothing);

            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                Aten.Call(
                    "aten::avg_pool2d self kernel_size stride padding ceil_mode count_include_pad divisor_override",
                    input,
                    new[] { kernel_size, kernel_size },
                    stride is { } given ? new[] { given, given } : [],
                    new[] { padding, padding },
                    ceil_mode,
                    count_include_pad,
                    divisor_override);

            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                if (antialias || recompute_scale_factor)
                    throw new NotSupportedException("The stand-in's interpolate has neither antialiasing nor recomputed scale factors.");
                var corners = align_corners ?? false;
                return mode switch
                {
                    InterpolationMode.Nearest => Aten.Call("aten::upsample_nearest2d.vec input output_size scale_factors", x, size, scale_factor),
                    InterpolationMode.Bilinear => Aten.Call("aten::upsample_bilinear2d.vec input output_size align_corners scale_factors", x, size, corners, scale_factor),
                    InterpolationMode.Bicubic => Aten.Call("aten::upsample_bicubic2d.vec input output_size align_corners scale_factors", x, size, corners, scale_factor),
                    _ => throw new NotSupportedException($"The stand-in's interpolate has no mode {mode}."),
                };
            }
        }

        public static class init
        {
            public static Tensor zeros_(Tensor tensor) => Unrecorded(tensor, t => t.zero_());

            public static Tensor ones_(Tensor tensor) => Unrecorded(tensor, t => t.fill_(1));

            public static Tensor constant_(Tensor tensor, Scalar val) => Unrecorded(tensor, t => t.fill_(val));

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Unrecorded(tensor, t => t.uniform_(low, high, generator));

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Unrecorded(tensor, t => t.normal_(mean, std, generator));

            private static Tensor Unrecorded(Tensor tensor, Action<Tensor> body)
            {
                using var noGradient = no_grad();
                body(tensor);
                return tensor;
            }
        }
    }
}
