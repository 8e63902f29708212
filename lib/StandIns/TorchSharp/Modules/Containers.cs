using System.Collections;
using System.Globalization;
using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly torch.nn.Module<torch.Tensor, torch.Tensor>[] modules_;

        internal Sequential(torch.nn.Module<torch.Tensor, torch.Tensor>[] modules, bool _)
            : base(nameof(Sequential))
        {
            modules_ = modules;
            for (var i = 0; i < modules.Length; i++)
                register_module(i.ToString(CultureInfo.InvariantCulture), modules[i]);
        }

        public int Count => modules_.Length;

        public override torch.Tensor forward(torch.Tensor tensor)
        {
            using var scope = torch.NewDisposeScope();
            // A sequence of nothing still returns a tensor of its own.
            var result = tensor.alias();
            foreach (var module in modules_)
                result = module.call(result);
            return result.MoveToOuterDisposeScope();
        }
    }

    public class ModuleList<T> : torch.nn.Module, IList<T>
        where T : torch.nn.Module
    {
        private readonly List<T> list = [];

        public ModuleList(params T[] modules)
            : base(nameof(ModuleList<T>)) => extend(modules);

        public int Count => list.Count;

        public bool IsReadOnly => false;

        public T this[int index]
        {
            get => list[index];
            set => throw new NotSupportedException("The stand-in's ModuleList only grows.");
        }

        public void Add(T item)
        {
            register_module(list.Count.ToString(CultureInfo.InvariantCulture), item);
            list.Add(item);
        }

        public void append(params T[] parameters) => extend(parameters);

        public void extend(IEnumerable<T> modules)
        {
            foreach (var module in modules)
                Add(module);
        }

        public bool Contains(T item) => list.Contains(item);

        public int IndexOf(T item) => list.IndexOf(item);

        public void CopyTo(T[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);

        public IEnumerator<T> GetEnumerator() => list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        void ICollection<T>.Clear() => throw new NotSupportedException("The stand-in's ModuleList only grows.");

        bool ICollection<T>.Remove(T item) => throw new NotSupportedException("The stand-in's ModuleList only grows.");

        void IList<T>.Insert(int index, T item) => throw new NotSupportedException("The stand-in's ModuleList only grows.");

        void IList<T>.RemoveAt(int index) => throw new NotSupportedException("The stand-in's ModuleList only grows.");

        protected override void RegisterComponents()
        {
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules, true);

            public static ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);
        }
    }
}
