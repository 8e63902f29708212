using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Generator manual_seed(long seed)
    {
        Shim.Check(Shim.SeedAll(seed));
        return Generator.Default;
    }

    public class Generator : IDisposable
    {
        private nint handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            Shim.Check(Shim.Generator((long)this.device.type, this.device.index, 1, out handle));
            manual_seed((long)seed);
        }

        private Generator(nint existing)
        {
            device = CPU;
            handle = existing;
        }

        ~Generator() => Dispose(false);

        public static Generator Default
        {
            get
            {
                Shim.Check(Shim.Generator((long)DeviceType.CPU, -1, 0, out var existing));
                return new Generator(existing);
            }
        }

        public nint Handle => handle;

        public Device device { get; }

        public Generator manual_seed(long seed)
        {
            Shim.Check(Shim.GeneratorSeed(handle, seed));
            return this;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle != 0)
                Shim.GeneratorRelease(handle);
            handle = 0;
        }
    }
}
