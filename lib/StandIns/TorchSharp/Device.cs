namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static Device CUDA => new(DeviceType.CUDA, 0);

    public static Device device(string description) => new(description);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static bool cuda_is_available() => cuda.is_available();

    public class Device
    {
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(string description)
        {
            var parts = description.Split(':');
            type = parts[0] switch
            {
                "cpu" => DeviceType.CPU,
                "cuda" => DeviceType.CUDA,
                "mps" => DeviceType.MPS,
                _ => throw new ArgumentException($"Invalid device '{description}'.", nameof(description)),
            };
            index = parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : -1;
        }

        public DeviceType type { get; }

        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString() => type.ToString().ToLowerInvariant() + (index >= 0 ? $":{index}" : string.Empty);
    }

    public static class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count() => (int)Native.Shim.Check(Native.Shim.CudaDevices());

        public static void synchronize(Device? device = null)
        {
            // Reading one value waits for everything that was queued before it on the stream, which is the only one in use.
            using var scope = NewDisposeScope();
            zeros(new long[] { 1 }, device: device ?? CUDA).cpu();
        }
    }
}
