using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor neg() => Aten.Call("aten::neg self", this);

        public Tensor abs() => Aten.Call("aten::abs self", this);

        public Tensor exp() => Aten.Call("aten::exp self", this);

        public Tensor log() => Aten.Call("aten::log self", this);

        public Tensor sqrt() => Aten.Call("aten::sqrt self", this);

        public Tensor rsqrt() => Aten.Call("aten::rsqrt self", this);

        public Tensor square() => Aten.Call("aten::square self", this);

        public Tensor reciprocal() => Aten.Call("aten::reciprocal self", this);

        public Tensor sigmoid() => Aten.Call("aten::sigmoid self", this);

        public Tensor relu() => Aten.Call("aten::relu self", this);

        public Tensor silu() => Aten.Call("aten::silu self", this);

        public Tensor gelu() => Aten.Call("aten::gelu self", this);

        public Tensor tanh() => Aten.Call("aten::tanh self", this);

        public Tensor sin() => Aten.Call("aten::sin self", this);

        public Tensor cos() => Aten.Call("aten::cos self", this);

        public Tensor erf() => Aten.Call("aten::erf self", this);

        public Tensor floor() => Aten.Call("aten::floor self", this);

        public Tensor ceil() => Aten.Call("aten::ceil self", this);

        public Tensor sign() => Aten.Call("aten::sign self", this);

        public Tensor isnan() => Aten.Call("aten::isnan self", this);

        public Tensor isinf() => Aten.Call("aten::isinf self", this);

        public Tensor isfinite() => Aten.Call("aten::isfinite self", this);

        public Tensor exp_() => Aten.CallInPlace("aten::exp_ self", this);

        public Tensor log_() => Aten.CallInPlace("aten::log_ self", this);

        public Tensor sqrt_() => Aten.CallInPlace("aten::sqrt_ self", this);

        public Tensor neg_() => Aten.CallInPlace("aten::neg_ self", this);

        public Tensor sigmoid_() => Aten.CallInPlace("aten::sigmoid_ self", this);

        public Tensor relu_() => Aten.CallInPlace("aten::relu_ self", this);

        public Tensor zero_() => Aten.CallInPlace("aten::zero_ self", this);

        public Tensor round(long decimals = 0) => Aten.Call("aten::round.decimals self decimals", this, decimals);

        public Tensor pow(Scalar exponent) => Aten.Call("aten::pow.Tensor_Scalar self exponent", this, exponent);

        public Tensor pow(Tensor exponent) => Aten.Call("aten::pow.Tensor_Tensor self exponent", this, exponent);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Call("aten::clamp self min max", this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.Call("aten::clamp.Tensor self min max", this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Aten.CallInPlace("aten::clamp_ self min max", this, min, max);

        public Tensor clamp_min(Scalar min) => Aten.Call("aten::clamp_min self min", this, min);

        public Tensor clamp_max(Scalar max) => Aten.Call("aten::clamp_max self max", this, max);

        public Tensor maximum(Tensor other) => Aten.Call("aten::maximum self other", this, other);

        public Tensor minimum(Tensor other) => Aten.Call("aten::minimum self other", this, other);

        public Tensor fill_(Scalar value) => Aten.CallInPlace("aten::fill_.Scalar self value", this, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.CallInPlace("aten::addcmul_ self tensor1 tensor2 value", this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.CallInPlace("aten::addcdiv_ self tensor1 tensor2 value", this, tensor1, tensor2, value);

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Aten.CallInPlace("aten::uniform_ self from to generator", this, from, to, generator);

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Aten.CallInPlace("aten::normal_ self mean std generator", this, mean, std, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Aten.CallInPlace("aten::bernoulli_.float self p generator", this, p, generator);

        public Tensor erfinv_() => Aten.CallInPlace("aten::erfinv_ self", this);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.Call("aten::softmax.int self dim dtype", this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.Call("aten::log_softmax.int self dim dtype", this, dim, dtype);

        public Tensor matmul(Tensor target) => Aten.Call("aten::matmul self other", this, target);

        public Tensor mm(Tensor target) => Aten.Call("aten::mm self mat2", this, target);

        public Tensor bmm(Tensor batch2) => Aten.Call("aten::bmm self mat2", this, batch2);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Aten.Call("aten::addmm self mat1 mat2 beta alpha", this, mat1, mat2, (double)beta, (double)alpha);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Aten.Call("aten::baddbmm self batch1 batch2 beta alpha", this, batch1, batch2, (double)beta, (double)alpha);

        public Tensor sum(ScalarType? type = null) => Aten.Call("aten::sum self dtype", this, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum(new[] { dim }, keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Aten.Call("aten::sum.dim_IntList self dim keepdim dtype", this, dim, keepdim, type);

        public Tensor mean() => Aten.Call("aten::mean self", this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Aten.Call("aten::mean.dim self dim keepdim dtype", this, dimensions, keepdim, type);

        public Tensor std(bool unbiased = true) => Aten.Call("aten::std self unbiased", this, unbiased);

        public Tensor var(bool unbiased = true) => Aten.Call("aten::var self unbiased", this, unbiased);

        public Tensor norm(float p = 2) => Aten.Call("aten::norm.Scalar self p", this, (double)p);

        public Tensor max() => Aten.Call("aten::max self", this);

        public Tensor min() => Aten.Call("aten::min self", this);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) =>
            Aten.CallPair("aten::max.dim self dim keepdim", this, dim, keepdim);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) =>
            Aten.CallPair("aten::min.dim self dim keepdim", this, dim, keepdim);

        public (Tensor values, Tensor indices) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Aten.CallPair("aten::topk self k dim largest sorted", this, (long)k, (long)dim, largest, sorted);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Aten.CallPair("aten::sort.stable self stable dim descending", this, stable, dim, descending);

        public Tensor amax(params long[] dims) => amax(dims, false);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Aten.Call("aten::amax self dim keepdim", this, dims, keepdim);

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amax(dims.ToArray(), keepdim);

        public Tensor amin(params long[] dims) => amin(dims, false);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Aten.Call("aten::amin self dim keepdim", this, dims, keepdim);

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amin(dims.ToArray(), keepdim);

        public Tensor argmax(long dim, bool keepdim = false) => Aten.Call("aten::argmax self dim keepdim", this, dim, keepdim);

        public Tensor argmax() => Aten.Call("aten::argmax self", this);

        public Tensor cumsum(long dim, ScalarType? type = null) => Aten.Call("aten::cumsum self dim dtype", this, dim, type);

        public Tensor all() => Aten.Call("aten::all self", this);

        public Tensor any() => Aten.Call("aten::any self", this);

        public Tensor where(Tensor condition, Tensor y) => Aten.Call("aten::where.self condition self other", condition, this, y);

        public bool allclose(Tensor target, double rtol = 1e-5, double atol = 1e-8, bool equal_nan = false) =>
            Aten.CallValue("aten::allclose self other rtol atol equal_nan", this, target, rtol, atol, equal_nan).Integer != 0;

        private static string? Name(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();
    }
}
