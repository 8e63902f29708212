namespace SemPLeS.Data;

/// <summary>Pictures and labels of one training step, in memory.</summary>
public sealed class ImageBatch
{
    internal ImageBatch(int size, Augmentation augmentation, int classes)
    {
        Pixels = new float[size * augmentation.Length];
        Labels = new float[size * classes];
        PixelShape = [size, 3, augmentation.Size, augmentation.Size];
        LabelShape = [size, classes];
        if (augmentation is SegmentationAugmentation)
            Masks = new long[size * augmentation.Size * augmentation.Size];
        MaskShape = [size, augmentation.Size, augmentation.Size];
    }

    /// <summary>The step, counted from the start of training.</summary>
    public long Step { get; internal set; }

    /// <summary>The epoch, counted from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>Where the pictures stand in their data set.</summary>
    public IReadOnlyList<int> Indices { get; internal set; } = [];

    /// <summary>B x 3 x size x size normalised values.</summary>
    public float[] Pixels { get; }

    /// <summary>B x K values: 1 for a class in the picture, else 0.</summary>
    public float[] Labels { get; }

    /// <summary>B x size x size labels, 255 to be ignored; null where the augmentation is not one of masks.</summary>
    public long[]? Masks { get; }

    /// <summary>(B, 3, size, size).</summary>
    public IReadOnlyList<long> PixelShape { get; }

    /// <summary>(B, K).</summary>
    public IReadOnlyList<long> LabelShape { get; }

    /// <summary>(B, size, size).</summary>
    public IReadOnlyList<long> MaskShape { get; }
}
