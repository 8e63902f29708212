using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static implicit operator Tensor(Scalar scalar) => Aten.Call("aten::scalar_tensor s dtype", scalar, scalar.Type);

        public static Tensor operator -(Tensor tensor) => tensor.neg();

        public static Tensor operator ~(Tensor left) => Aten.Call("aten::bitwise_not self", left);

        public static Tensor operator &(Tensor left, Tensor right) => Aten.Call("aten::bitwise_and.Tensor self other", left, right);

        public static Tensor operator |(Tensor left, Tensor right) => Aten.Call("aten::bitwise_or.Tensor self other", left, right);

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.add((Scalar)right);

        public static Tensor operator +(Scalar left, Tensor right) => right.add((Scalar)left);

        public static Tensor operator +(Tensor left, int right) => left.add((Scalar)right);

        public static Tensor operator +(int left, Tensor right) => right.add((Scalar)left);

        public static Tensor operator +(Tensor left, long right) => left.add((Scalar)right);

        public static Tensor operator +(long left, Tensor right) => right.add((Scalar)left);

        public static Tensor operator +(Tensor left, float right) => left.add((Scalar)right);

        public static Tensor operator +(float left, Tensor right) => right.add((Scalar)left);

        public static Tensor operator +(Tensor left, double right) => left.add((Scalar)right);

        public static Tensor operator +(double left, Tensor right) => right.add((Scalar)left);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => left.sub((Scalar)right);

        public static Tensor operator -(Scalar left, Tensor right) => Aten.Call("aten::rsub.Scalar self other", right, (Scalar)left);

        public static Tensor operator -(Tensor left, int right) => left.sub((Scalar)right);

        public static Tensor operator -(int left, Tensor right) => Aten.Call("aten::rsub.Scalar self other", right, (Scalar)left);

        public static Tensor operator -(Tensor left, long right) => left.sub((Scalar)right);

        public static Tensor operator -(long left, Tensor right) => Aten.Call("aten::rsub.Scalar self other", right, (Scalar)left);

        public static Tensor operator -(Tensor left, float right) => left.sub((Scalar)right);

        public static Tensor operator -(float left, Tensor right) => Aten.Call("aten::rsub.Scalar self other", right, (Scalar)left);

        public static Tensor operator -(Tensor left, double right) => left.sub((Scalar)right);

        public static Tensor operator -(double left, Tensor right) => Aten.Call("aten::rsub.Scalar self other", right, (Scalar)left);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.mul((Scalar)right);

        public static Tensor operator *(Scalar left, Tensor right) => right.mul((Scalar)left);

        public static Tensor operator *(Tensor left, int right) => left.mul((Scalar)right);

        public static Tensor operator *(int left, Tensor right) => right.mul((Scalar)left);

        public static Tensor operator *(Tensor left, long right) => left.mul((Scalar)right);

        public static Tensor operator *(long left, Tensor right) => right.mul((Scalar)left);

        public static Tensor operator *(Tensor left, float right) => left.mul((Scalar)right);

        public static Tensor operator *(float left, Tensor right) => right.mul((Scalar)left);

        public static Tensor operator *(Tensor left, double right) => left.mul((Scalar)right);

        public static Tensor operator *(double left, Tensor right) => right.mul((Scalar)left);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) => left.div((Scalar)right);

        public static Tensor operator /(Scalar left, Tensor right) => right.reciprocal().mul((Scalar)left);

        public static Tensor operator /(Tensor left, int right) => left.div((Scalar)right);

        public static Tensor operator /(int left, Tensor right) => right.reciprocal().mul((Scalar)left);

        public static Tensor operator /(Tensor left, long right) => left.div((Scalar)right);

        public static Tensor operator /(long left, Tensor right) => right.reciprocal().mul((Scalar)left);

        public static Tensor operator /(Tensor left, float right) => left.div((Scalar)right);

        public static Tensor operator /(float left, Tensor right) => right.reciprocal().mul((Scalar)left);

        public static Tensor operator /(Tensor left, double right) => left.div((Scalar)right);

        public static Tensor operator /(double left, Tensor right) => right.reciprocal().mul((Scalar)left);

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        public Tensor add(Tensor target) => Aten.Call("aten::add.Tensor self other", this, target);

        public Tensor add(Tensor target, Scalar alpha) => Aten.Call("aten::add.Tensor self other alpha", this, target, alpha);

        public Tensor add(Scalar scalar) => Aten.Call("aten::add.Scalar self other", this, scalar);

        public Tensor add_(Tensor target) => Aten.CallInPlace("aten::add_.Tensor self other", this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Aten.CallInPlace("aten::add_.Tensor self other alpha", this, target, alpha);

        public Tensor add_(Scalar scalar) => Aten.CallInPlace("aten::add_.Scalar self other", this, scalar);

        public Tensor sub(Tensor target) => Aten.Call("aten::sub.Tensor self other", this, target);

        public Tensor sub(Scalar target) => Aten.Call("aten::sub.Scalar self other", this, target);

        public Tensor sub_(Tensor target) => Aten.CallInPlace("aten::sub_.Tensor self other", this, target);

        public Tensor sub_(Scalar target) => Aten.CallInPlace("aten::sub_.Scalar self other", this, target);

        public Tensor mul(Tensor target) => Aten.Call("aten::mul.Tensor self other", this, target);

        public Tensor mul(Scalar target) => Aten.Call("aten::mul.Scalar self other", this, target);

        public Tensor mul_(Tensor target) => Aten.CallInPlace("aten::mul_.Tensor self other", this, target);

        public Tensor mul_(Scalar target) => Aten.CallInPlace("aten::mul_.Scalar self other", this, target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.Call("aten::div.Tensor_mode self other rounding_mode", this, target, Name(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.Call("aten::div.Scalar_mode self other rounding_mode", this, target, Name(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.CallInPlace("aten::div_.Tensor_mode self other rounding_mode", this, target, Name(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.CallInPlace("aten::div_.Scalar_mode self other rounding_mode", this, target, Name(rounding_mode));

        public Tensor eq(Tensor target) => Aten.Call("aten::eq.Tensor self other", this, target);

        public Tensor eq(Scalar target) => Aten.Call("aten::eq.Scalar self other", this, target);

        public Tensor ne(Tensor target) => Aten.Call("aten::ne.Tensor self other", this, target);

        public Tensor ne(Scalar target) => Aten.Call("aten::ne.Scalar self other", this, target);

        public Tensor lt(Tensor target) => Aten.Call("aten::lt.Tensor self other", this, target);

        public Tensor lt(Scalar target) => Aten.Call("aten::lt.Scalar self other", this, target);

        public Tensor le(Tensor target) => Aten.Call("aten::le.Tensor self other", this, target);

        public Tensor le(Scalar target) => Aten.Call("aten::le.Scalar self other", this, target);

        public Tensor gt(Tensor target) => Aten.Call("aten::gt.Tensor self other", this, target);

        public Tensor gt(Scalar target) => Aten.Call("aten::gt.Scalar self other", this, target);

        public Tensor ge(Tensor target) => Aten.Call("aten::ge.Tensor self other", this, target);

        public Tensor ge(Scalar target) => Aten.Call("aten::ge.Scalar self other", this, target);
    }
}
