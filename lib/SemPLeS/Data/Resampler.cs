using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SemPLeS.Data;

/// <summary>
/// Resizes 8-bit images as Pillow 9.4 does, which the reference pipelines of the field use: antialiased and separable, columns first and then rows,
/// each pass in fixed point and rounded to 8 bits; a pass along a side that keeps its length is left out.
/// </summary>
public static class Resampler
{
    private const int Half = 1 << (ResampleWeights.FractionBits - 1);

    /// <summary>Resizes an image of any number of channels.</summary>
    /// <param name="source">height x width x channels values, channels next to each other.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">Values of a pixel, at least 1.</param>
    /// <param name="newWidth">Pixels in a row of the result, at least 1.</param>
    /// <param name="newHeight">Rows of the result, at least 1.</param>
    /// <param name="filter">The kernel.</param>
    /// <returns>newHeight x newWidth x channels values.</returns>
    /// <exception cref="ArgumentException">A size is below 1, or the array's length is not height x width x channels.</exception>
    public static byte[] Resize(
        ReadOnlySpan<byte> source, int width, int height, int channels, int newWidth, int newHeight, ResampleFilter filter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (source.Length != (long)width * height * channels)
        {
            throw new ArgumentException(
                $"{width}x{height} pixels of {channels} channels need {(long)width * height * channels} bytes, not {source.Length}.", nameof(source));
        }

        return Resize(source, width * channels, width, height, channels, newWidth, newHeight, filter);
    }

    /// <summary>Resizes a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="newWidth">Pixels in a row of the result, at least 1.</param>
    /// <param name="newHeight">Rows of the result, at least 1.</param>
    /// <param name="filter">The kernel.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static RgbImage Resize(RgbImage image, int newWidth, int newHeight, ResampleFilter filter)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Resize(image, new CropBox(0, 0, image.Width, image.Height), newWidth, newHeight, filter);
    }

    /// <summary>Resizes a part of a picture; pixels outside of it count as little as if it had been cut out first.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="crop">The part, inside the picture.</param>
    /// <param name="newWidth">Pixels in a row of the result, at least 1.</param>
    /// <param name="newHeight">Rows of the result, at least 1.</param>
    /// <param name="filter">The kernel.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the part is empty or reaches outside the picture.</exception>
    public static RgbImage Resize(RgbImage image, CropBox crop, int newWidth, int newHeight, ResampleFilter filter)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (crop.Left < 0 || crop.Top < 0 || crop.Width < 1 || crop.Height < 1
            || crop.Width > image.Width - crop.Left || crop.Height > image.Height - crop.Top)
        {
            throw new ArgumentOutOfRangeException(nameof(crop), crop, $"The part must lie inside the picture of {image.Width}x{image.Height}.");
        }

        var start = (crop.Top * image.Width + crop.Left) * 3;
        var pixels = Resize(
            image.Pixels.AsSpan(start), image.Width * 3, crop.Width, crop.Height, 3, newWidth, newHeight, filter);
        return new RgbImage(newWidth, newHeight, pixels);
    }

    private static byte[] Resize(
        ReadOnlySpan<byte> source, int stride, int width, int height, int channels, int newWidth, int newHeight, ResampleFilter filter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(newWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(newHeight, 1);
        var rowLength = checked(newWidth * channels);
        var result = new byte[checked(newHeight * rowLength)];
        if (newWidth == width && newHeight == height)
        {
            for (var y = 0; y < height; y++)
                source.Slice(y * stride, rowLength).CopyTo(result.AsSpan(y * rowLength));
        }
        else if (newHeight == height)
        {
            ResizeRows(source, stride, height, channels, new ResampleWeights(width, newWidth, filter), result);
        }
        else if (newWidth == width)
        {
            ResizeColumns(source, stride, rowLength, new ResampleWeights(height, newHeight, filter), result);
        }
        else
        {
            var between = ArrayPool<byte>.Shared.Rent(checked(height * rowLength));
            ResizeRows(source, stride, height, channels, new ResampleWeights(width, newWidth, filter), between);
            ResizeColumns(between, rowLength, rowLength, new ResampleWeights(height, newHeight, filter), result);
            ArrayPool<byte>.Shared.Return(between);
        }

        return result;
    }

    private static void ResizeRows(
        ReadOnlySpan<byte> source, int stride, int height, int channels, ResampleWeights weights, Span<byte> result)
    {
        var newWidth = weights.First.Length;
        for (var y = 0; y < height; y++)
        {
            var row = source[(y * stride)..];
            var newRow = result.Slice(y * newWidth * channels, newWidth * channels);
            for (var x = 0; x < newWidth; x++)
            {
                var old = row[(weights.First[x] * channels)..];
                var values = weights.Of(x);
                var pixel = newRow.Slice(x * channels, channels);
                // Four bytes are read for three channels: not at the very end of the array.
                if (channels == 4 || (channels == 3 && old.Length > values.Length * 3))
                    MixPixel(old, values, pixel);
                else
                    MixChannels(old, values, pixel);
            }
        }
    }

    private static void MixPixel(ReadOnlySpan<byte> old, ReadOnlySpan<int> values, Span<byte> pixel)
    {
        ref var first = ref MemoryMarshal.GetReference(old);
        var sum = Vector128.Create(Half);
        for (var i = 0; i < values.Length; i++)
        {
            var colours = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, i * pixel.Length))).AsByte();
            sum += Vector128.WidenLower(Vector128.WidenLower(colours)).AsInt32() * values[i];
        }

        sum >>= ResampleWeights.FractionBits;
        sum = Vector128.Min(Vector128.Max(sum, Vector128<int>.Zero), Vector128.Create(255));
        (pixel[0], pixel[1], pixel[2]) = ((byte)sum[0], (byte)sum[1], (byte)sum[2]);
        if (pixel.Length == 4)
            pixel[3] = (byte)sum[3];
    }

    private static void MixChannels(ReadOnlySpan<byte> old, ReadOnlySpan<int> values, Span<byte> pixel)
    {
        for (var channel = 0; channel < pixel.Length; channel++)
        {
            var sum = Half;
            for (var i = 0; i < values.Length; i++)
                sum += old[i * pixel.Length + channel] * values[i];
            pixel[channel] = Rounded(sum);
        }
    }

    private static void ResizeColumns(ReadOnlySpan<byte> source, int stride, int rowLength, ResampleWeights weights, Span<byte> result)
    {
        var sums = ArrayPool<int>.Shared.Rent(rowLength);
        var row = sums.AsSpan(0, rowLength);
        for (var y = 0; y < weights.First.Length; y++)
        {
            var values = weights.Of(y);
            row.Fill(Half);
            for (var i = 0; i < values.Length; i++)
                AddRow(source.Slice((weights.First[y] + i) * stride, rowLength), values[i], row);
            var newRow = result.Slice(y * rowLength, rowLength);
            for (var x = 0; x < rowLength; x++)
                newRow[x] = Rounded(row[x]);
        }

        ArrayPool<int>.Shared.Return(sums);
    }

    private static void AddRow(ReadOnlySpan<byte> old, int weight, Span<int> sums)
    {
        var x = 0;
        for (; x <= old.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(old[x..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            Add(sums[x..], first, weight);
            Add(sums[(x + Vector<int>.Count)..], second, weight);
            Add(sums[(x + 2 * Vector<int>.Count)..], third, weight);
            Add(sums[(x + 3 * Vector<int>.Count)..], fourth, weight);
        }

        for (; x < old.Length; x++)
            sums[x] += old[x] * weight;
    }

    private static void Add(Span<int> sums, Vector<uint> values, int weight) =>
        (new Vector<int>(sums) + Vector.AsVectorInt32(values) * weight).CopyTo(sums);

    private static byte Rounded(int sum) => (byte)Math.Clamp(sum >> ResampleWeights.FractionBits, 0, 255);
}
