namespace SemPLeS.TrainingFree;

/// <summary>
/// Boxes around the regions where a CAM is high: where CLIP-ES lets a class's affinity start from (Lin et al., CVPR 2023). As its public code has them, a box that
/// touches the right or lower edge loses its last column or row.
/// </summary>
public static class CamBoxes
{
    /// <summary>Marks what lies in the boxes of all regions above a share of the greatest value. Regions are joined also over corners.</summary>
    /// <param name="cam">rows x columns values in 0..1; they are compared in 256 levels.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="threshold">The share, in 0..1: .4 on VOC, .7 on COCO.</param>
    /// <returns>rows x columns values: 1 within a box, else 0.</returns>
    /// <exception cref="ArgumentException">The CAM has another size.</exception>
    public static float[] Mask(ReadOnlySpan<float> cam, int rows, int columns, double threshold)
    {
        if (cam.Length != rows * columns)
            throw new ArgumentException($"{cam.Length} values are not {rows} rows of {columns}.", nameof(cam));
        var levels = new byte[cam.Length];
        for (var i = 0; i < cam.Length; i++)
            levels[i] = (byte)(cam[i] * 255);
        var least = (int)(threshold * levels.Max());
        var (mask, seen) = (new float[cam.Length], new bool[cam.Length]);
        for (var start = 0; start < levels.Length; start++)
        {
            if (seen[start] || levels[start] <= least)
                continue;
            var (left, top, right, bottom) = Box(start);
            for (var y = top; y < Math.Min(bottom + 1, rows - 1); y++)
                mask.AsSpan(y * columns + left, Math.Max(0, Math.Min(right + 1, columns - 1) - left)).Fill(1);
        }

        return mask;

        // The region that a pixel belongs to: its first and last columns and rows.
        (int Left, int Top, int Right, int Bottom) Box(int start)
        {
            var box = (Left: start % columns, Top: start / columns, Right: start % columns, Bottom: start / columns);
            var open = new Stack<int>([start]);
            seen[start] = true;
            while (open.TryPop(out var pixel))
            {
                var (x, y) = (pixel % columns, pixel / columns);
                box = (Math.Min(box.Left, x), Math.Min(box.Top, y), Math.Max(box.Right, x), Math.Max(box.Bottom, y));
                for (var (dy, end) = (Math.Max(y - 1, 0), Math.Min(y + 1, rows - 1)); dy <= end; dy++)
                {
                    for (var dx = Math.Max(x - 1, 0); dx <= Math.Min(x + 1, columns - 1); dx++)
                    {
                        var neighbour = dy * columns + dx;
                        if (seen[neighbour] || levels[neighbour] <= least)
                            continue;
                        seen[neighbour] = true;
                        open.Push(neighbour);
                    }
                }
            }

            return box;
        }
    }
}
