using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>The entry points of native/shim.cpp. A negative result means an error, whose text <see cref="Error"/> gives.</summary>
internal static unsafe partial class Shim
{
    private const string Library = "semples_torch";

    /// <summary>
    /// Runs when the assembly is loaded, and so before libgomp is and reads its environment. By default OpenMP's idle threads spin; OpenBLAS has threads of
    /// its own, which then get no processor: on two cores a training step took twice the time. A value that the user has set stays.
    /// </summary>
    [ModuleInitializer]
    internal static void KeepIdleThreadsFromSpinning() => _ = SetEnvironment("GOMP_SPINCOUNT", "0", overwrite: 0);

    [LibraryImport(Library, EntryPoint = "semples_operator", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long Operator(string signature, out nint handle);

    [LibraryImport(Library, EntryPoint = "semples_call")]
    public static partial long Call(nint handle, Value* values, Value* results, long capacity);

    [LibraryImport(Library, EntryPoint = "semples_free")]
    public static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "semples_release")]
    public static partial void Release(nint tensor);

    [LibraryImport(Library, EntryPoint = "semples_alias")]
    public static partial long Alias(nint tensor, out nint same);

    [LibraryImport(Library, EntryPoint = "semples_dim")]
    public static partial long Dim(nint tensor);

    [LibraryImport(Library, EntryPoint = "semples_numel")]
    public static partial long Numel(nint tensor);

    [LibraryImport(Library, EntryPoint = "semples_sizes")]
    public static partial long Sizes(nint tensor, long* sizes, long* strides);

    [LibraryImport(Library, EntryPoint = "semples_dtype")]
    public static partial long DType(nint tensor);

    [LibraryImport(Library, EntryPoint = "semples_device")]
    public static partial long Device(nint tensor, out long index);

    [LibraryImport(Library, EntryPoint = "semples_data")]
    public static partial nint Data(nint tensor);

    [LibraryImport(Library, EntryPoint = "semples_is_contiguous")]
    public static partial long IsContiguous(nint tensor);

    [LibraryImport(Library, EntryPoint = "semples_is_leaf")]
    public static partial long IsLeaf(nint tensor);

    [LibraryImport(Library, EntryPoint = "semples_requires_grad")]
    public static partial long RequiresGrad(nint tensor);

    [LibraryImport(Library, EntryPoint = "semples_set_requires_grad")]
    public static partial long SetRequiresGrad(nint tensor, long on);

    [LibraryImport(Library, EntryPoint = "semples_grad")]
    public static partial long Grad(nint tensor, out nint grad);

    [LibraryImport(Library, EntryPoint = "semples_set_grad")]
    public static partial long SetGrad(nint tensor, nint grad);

    [LibraryImport(Library, EntryPoint = "semples_set_data")]
    public static partial long SetData(nint tensor, nint data);

    [LibraryImport(Library, EntryPoint = "semples_backward")]
    public static partial long Backward(nint tensor, nint gradient, long retainGraph, long createGraph);

    [LibraryImport(Library, EntryPoint = "semples_grad_enabled")]
    public static partial long GradEnabled();

    [LibraryImport(Library, EntryPoint = "semples_set_grad_enabled")]
    public static partial void SetGradEnabled(long on);

    [LibraryImport(Library, EntryPoint = "semples_threads")]
    public static partial long Threads();

    [LibraryImport(Library, EntryPoint = "semples_set_threads")]
    public static partial long SetThreads(long count);

    [LibraryImport(Library, EntryPoint = "semples_cuda_devices")]
    public static partial long CudaDevices();

    [LibraryImport(Library, EntryPoint = "semples_generator")]
    public static partial long Generator(long device, long index, long fresh, out nint generator);

    [LibraryImport(Library, EntryPoint = "semples_generator_seed")]
    public static partial long GeneratorSeed(nint generator, long seed);

    [LibraryImport(Library, EntryPoint = "semples_generator_release")]
    public static partial void GeneratorRelease(nint generator);

    [LibraryImport(Library, EntryPoint = "semples_seed_all")]
    public static partial long SeedAll(long seed);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport(Library, EntryPoint = "semples_version")]
    private static partial nint VersionText();

    [LibraryImport(Library, EntryPoint = "semples_error")]
    private static partial nint ErrorText();

    public static string Version => Marshal.PtrToStringUTF8(VersionText())!;

    /// <summary>Passes a result on, or throws the last error of this thread as TorchSharp does.</summary>
    public static long Check(long result) => result >= 0 ? result : throw Error();

    public static ExternalException Error() => new(Marshal.PtrToStringUTF8(ErrorText()));
}
