namespace TorchSharp.Modules
{
    public class Parameter : torch.Tensor
    {
        /// <summary>Takes the tensor over: <paramref name="data"/> is empty afterwards.</summary>
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : this(data, data.OwningDisposeScope, requires_grad)
        {
        }

        private Parameter(torch.Tensor data, DisposeScope? owner, bool requires_grad)
            : base(data.Take())
        {
            DisposeScope.Own(this, owner);
            this.requires_grad = requires_grad;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
