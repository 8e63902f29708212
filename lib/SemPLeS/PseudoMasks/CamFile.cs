using System.Globalization;
using SemPLeS.Data;
using SemPLeS.Weights;
using static TorchSharp.torch;

namespace SemPLeS.PseudoMasks;

/// <summary>
/// CAMs of a picture in a file: .npy, the pickled dictionary {class from 0 without background: float32 height x width} that the published
/// evaluation scripts read; or .safetensors, a float32 tensor for each class under its index.
/// </summary>
public static class CamFile
{
    /// <summary>The extension of numpy's files.</summary>
    public const string Npy = ".npy";

    /// <summary>The extension of safetensors files.</summary>
    public const string Safetensors = ".safetensors";

    /// <summary>Writes CAMs; the file appears when it is complete.</summary>
    /// <param name="cams">The maps.</param>
    /// <param name="path">The file, .npy or .safetensors; its folder is created when it is missing.</param>
    /// <exception cref="ArgumentException">The path has another extension.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Save(ClassActivationMaps cams, string path)
    {
        ArgumentNullException.ThrowIfNull(cams);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (IsNpy(path))
        {
            AtomicFile.Write(path, stream => PickledCams.Write(stream, cams));
            return;
        }

        using var scope = NewDisposeScope();
        SafetensorsFile.Write(
            path, cams.Classes.Select((@class, i) => (@class.ToString(CultureInfo.InvariantCulture), tensor(cams.Map(i).ToArray(), [cams.Height, cams.Width]))));
    }

    /// <summary>Reads the CAMs of a picture.</summary>
    /// <param name="path">The file, .npy or .safetensors.</param>
    /// <param name="width">The picture's columns.</param>
    /// <param name="height">The picture's rows.</param>
    /// <param name="classCount">Number of classes of the data set, background not counted.</param>
    /// <returns>The maps in ascending order of their classes.</returns>
    /// <exception cref="ArgumentException">The path has another extension.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is truncated or damaged, or asks for code; or a map is not of the picture's size, or of no class, or has values outside 0..1. The
    /// message names the path.
    /// </exception>
    public static ClassActivationMaps Load(string path, int width, int height, int classCount)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var maps = (IsNpy(path) ? PickledCams.Read(ImageFile.Read(path), path) : ReadSafetensors(path)).OrderBy(map => map.Class).ToArray();
        foreach (var map in maps)
        {
            if (map.Class < 0 || map.Class >= classCount)
                throw new InvalidDataException($"{path} holds a map of class {map.Class}; there are only 0 to {classCount - 1}.");
            if ((map.Width, map.Height) != (width, height))
                throw new InvalidDataException($"{path}: the map of class {map.Class} has {map.Width}x{map.Height} pixels, its picture {width}x{height}.");
            if (map.Values.AsSpan().IndexOfAnyExceptInRange(0, 1) is >= 0 and var place)
                throw new InvalidDataException($"{path}: the map of class {map.Class} has the value {map.Values[place]} at pixel {place}, which is not in 0..1.");
        }

        return new ClassActivationMaps(width, height, [.. maps.Select(map => (int)map.Class)], [.. maps.SelectMany(map => map.Values)]);
    }

    private static IReadOnlyList<(long Class, int Height, int Width, float[] Values)> ReadSafetensors(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return [.. file.Names.Select(name =>
        {
            if (!long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var @class))
                throw new InvalidDataException($"{path}: the tensor's name '{name}' is no class index.");
            if (file.Entry(name) is not { DataType: ScalarType.Float32, Shape: [> 0 and <= int.MaxValue and var height, > 0 and <= int.MaxValue and var width] })
                throw new InvalidDataException($"{path}: the tensor '{name}' is no float32 map of two dimensions.");
            using var values = file.Read(name);
            return (@class, (int)height, (int)width, values.data<float>().ToArray());
        })];
    }

    private static bool IsNpy(string path) => Path.GetExtension(path) switch
    {
        Npy => true,
        Safetensors => false,
        _ => throw new ArgumentException($"CAMs are kept in files {Npy} or {Safetensors}, not in {path}.", nameof(path)),
    };
}
