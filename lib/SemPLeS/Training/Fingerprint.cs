using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SemPLeS.Data;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>Short hashes (SHA-256, 16 hexadecimal digits) that tell one start of a training from another.</summary>
public static class Fingerprint
{
    /// <summary>Of the names and values of a network's parameters and buffers.</summary>
    public static string Of(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var noGradient = no_grad();
        foreach (var (name, value) in module.state_dict().OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(value.cpu().contiguous().bytes);
        }

        return Text(hash);
    }

    /// <summary>Of names, classes and image-level labels, and of masks that are not the truth; pixels are not read.</summary>
    public static string Of(ILabelledImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join(',', images.ClassNames)));
        for (var i = 0; i < images.Count; i++)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{images.Id(i)}:"));
            hash.AppendData(MemoryMarshal.AsBytes(images.Labels(i).ToArray().AsSpan()));
        }

        if (images is MaskFolderImages masks)
            hash.AppendData(Encoding.UTF8.GetBytes(masks.MaskFingerprint));

        return Text(hash);
    }

    /// <summary>Of names, labels and pixels.</summary>
    /// <exception cref="InvalidDataException">A picture is damaged; the message names it.</exception>
    internal static string OfPixels(ILabelledImages images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Of(images)));
        for (var i = 0; i < images.Count; i++)
            hash.AppendData(images.Image(i).Pixels);
        return Text(hash);
    }

    /// <summary>Of a file's bytes.</summary>
    /// <exception cref="IOException">The file is not there or can't be read.</exception>
    public static string OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream))[..16];
    }

    /// <summary>Of a tensor's shape and values.</summary>
    internal static string Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join(',', tensor.shape)));
        hash.AppendData(tensor.detach().cpu().contiguous().bytes);
        return Text(hash);
    }

    private static string Text(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
}
