using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.Native;

/// <summary>Finds the libraries by the names that run-time packages give them; the bare names exist only where the development files are.</summary>
internal static class NativeLibraries
{
    public const string TurboJpeg = "turbojpeg";
    public const string Png = "png16";

#pragma warning disable CA2255 // The resolver must be there before the first native call, wherever that is.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        string[] candidates = name switch
        {
            TurboJpeg => ["libturbojpeg.so.0", name],
            Png => ["libpng16.so.16", name],
            _ => [name],
        };
        foreach (var candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var library))
                return library;
        }

        throw new DllNotFoundException($"Pictures need lib{name}, which was not found; Debian and Ubuntu have it in libturbojpeg0-dev and libpng-dev.");
    }
}
