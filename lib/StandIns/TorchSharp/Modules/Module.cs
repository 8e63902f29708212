using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A tree of parameters and buffers with names.</summary>
        public class Module : IDisposable
        {
            protected string name;
            private readonly Dictionary<string, Parameter> ownParameters = [];
            private readonly Dictionary<string, (Tensor Tensor, bool Persistent)> ownBuffers = [];
            private readonly Dictionary<string, Module> ownModules = [];
            private readonly List<string> order = [];

            protected Module(string name) => this.name = name;

            public virtual bool training { get; private set; } = true;

            public virtual string GetName() => name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var child in children())
                    child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (set_to_none)
                        parameter.grad = null;
                    else
                        gradient?.zero_();
                }
            }

            public virtual void register_module(string name, Module submodule) => Add(ownModules, name, submodule);

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_parameter(string name, Parameter param) => Add(ownParameters, name, param);

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true) => Add(ownBuffers, name, (tensor, persistent));

            public virtual IEnumerable<(string name, Module module)> named_children() => order.Where(ownModules.ContainsKey).Select(key => (key, ownModules[key]));

            public virtual IEnumerable<Module> children() => named_children().Select(child => child.module);

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (key, child) in named_children())
                {
                    yield return (key, child);
                    foreach (var (below, module) in child.named_modules())
                        yield return ($"{key}.{below}", module);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(item => item.module).Prepend(this);

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                foreach (var key in order.Where(ownParameters.ContainsKey))
                    yield return (key, ownParameters[key]);
                if (!recurse)
                    yield break;
                foreach (var (key, child) in named_children())
                {
                    foreach (var (below, parameter) in child.named_parameters())
                        yield return ($"{key}.{below}", parameter);
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(item => item.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach (var key in order.Where(ownBuffers.ContainsKey))
                {
                    if (include_nonpersistent || ownBuffers[key].Persistent)
                        yield return (key, ownBuffers[key].Tensor);
                }

                if (!recurse)
                    yield break;
                foreach (var (key, child) in named_children())
                {
                    foreach (var (below, buffer) in child.named_buffers(true, include_nonpersistent))
                        yield return ($"{key}.{below}", buffer);
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(item => item.buffer);

            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var before = prefix is null ? string.Empty : prefix + ".";
                foreach (var (key, parameter) in named_parameters())
                    destination[before + key] = parameter;
                foreach (var (key, buffer) in named_buffers(include_nonpersistent: false))
                    destination[before + key] = buffer;
                return destination;
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (var tensor in ownParameters.Values.Concat(ownBuffers.Values.Select(item => item.Tensor)))
                    tensor.Dispose();
                foreach (var child in ownModules.Values)
                    child.Dispose();
            }

            /// <summary>Registers every field that is a module, a parameter or a tensor, private ones too, under the field's name.</summary>
            protected virtual void RegisterComponents()
            {
                foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(field => field.MetadataToken))
                {
                    if (order.Contains(field.Name))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(field.Name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(field.Name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(field.Name, tensor);
                            break;
                    }
                }
            }

            internal void MoveTo(Device? device, ScalarType? dtype)
            {
                using var scope = NewDisposeScope();
                foreach (var tensor in parameters().Concat(buffers()))
                {
                    using var noGradient = no_grad();
                    tensor.SetData(tensor.to(tensor.is_floating_point() ? dtype ?? tensor.dtype : tensor.dtype, device ?? tensor.device));
                }
            }

            private void Add<T>(Dictionary<string, T> to, string name, T item)
            {
                ArgumentNullException.ThrowIfNull(item);
                if (order.Contains(name))
                    throw new InvalidOperationException($"{name} is already registered.");
                order.Add(name);
                to.Add(name, item);
            }
        }

        public interface IModule<T, TResult>
        {
            public TResult call(T input1);
        }

        public interface IModule<T1, T2, TResult>
        {
            public TResult call(T1 input1, T2 input2);
        }

        public class HookableModule<TPreHook, TPostHook> : Module
        {
            protected HookableModule(string name)
                : base(name)
            {
            }
        }

        public abstract class Module<T, TResult> : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public TResult call(T input) => forward(input);

            public abstract TResult forward(T input);
        }

        public abstract class Module<T1, T2, TResult>
            : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>, IModule<T1, T2, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public TResult call(T1 input1, T2 input2) => forward(input1, input2);

            public abstract TResult forward(T1 input1, T2 input2);
        }
    }
}

public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module
    {
        module.MoveTo(device, null);
        return module;
    }

    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module
    {
        module.MoveTo(null, type);
        return module;
    }

    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => module.to(torch.CPU);
}
