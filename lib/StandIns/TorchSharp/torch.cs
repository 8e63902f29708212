using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static ScalarType float32 = ScalarType.Float32;
    public static ScalarType float64 = ScalarType.Float64;
    public static ScalarType float16 = ScalarType.Float16;
    public static ScalarType int64 = ScalarType.Int64;
    public static ScalarType int32 = ScalarType.Int32;
    public static ScalarType uint8 = ScalarType.Byte;
    public static ScalarType @bool = ScalarType.Bool;

    public static string __version__ => Shim.Version;

    public static DisposeScope NewDisposeScope() => new();

    public static IDisposable no_grad() => new GradientMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);

    public static bool is_grad_enabled() => Shim.GradEnabled() != 0;

    public static void set_num_threads(int num) => Shim.Check(Shim.SetThreads(num));

    public static int get_num_threads() => (int)Shim.Check(Shim.Threads());

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    public static Tensor cat(Tensor[] tensors, long dim = 0) => Aten.Call("aten::cat tensors dim", tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Aten.Call("aten::stack tensors dim", tensors.ToArray(), dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Aten.Call("aten::where.self condition self other", condition, x, y);

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    public static Tensor einsum(string equation, params Tensor[] tensors) => Aten.Call("aten::einsum equation tensors", equation, tensors);

    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    private sealed class GradientMode : IDisposable
    {
        private readonly bool before = is_grad_enabled();

        public GradientMode(bool on) => Shim.SetGradEnabled(on ? 1 : 0);

        public void Dispose() => Shim.SetGradEnabled(before ? 1 : 0);
    }
}
