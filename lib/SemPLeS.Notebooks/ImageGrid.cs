using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>Several pictures in one.</summary>
public static class ImageGrid
{
    /// <summary>Sets tiles row by row from the upper left, on white, with white between them.</summary>
    /// <param name="tiles">At least one picture; all of one size.</param>
    /// <param name="columns">Tiles in a row, at least 1; the last row may be shorter.</param>
    /// <param name="gap">White pixels between neighbouring tiles.</param>
    /// <exception cref="ArgumentException">There is no tile, or one has another size than the first.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 1 or <paramref name="gap"/> negative.</exception>
    public static RgbImage Build(IReadOnlyList<RgbImage> tiles, int columns, int gap = 4)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        if (tiles.Count == 0)
            throw new ArgumentException("A grid has at least one tile.", nameof(tiles));
        var (tileWidth, tileHeight) = (tiles[0].Width, tiles[0].Height);
        var rows = (tiles.Count + columns - 1) / columns;
        var width = columns * (tileWidth + gap) - gap;
        var height = rows * (tileHeight + gap) - gap;
        var pixels = new byte[width * height * 3];
        pixels.AsSpan().Fill(255);
        for (var i = 0; i < tiles.Count; i++)
        {
            if (tiles[i].Width != tileWidth || tiles[i].Height != tileHeight)
                throw new ArgumentException($"Tile {i} has {tiles[i].Width}x{tiles[i].Height} pixels, the first {tileWidth}x{tileHeight}.", nameof(tiles));
            var left = i % columns * (tileWidth + gap);
            var top = i / columns * (tileHeight + gap);
            for (var y = 0; y < tileHeight; y++)
                tiles[i].Pixels.AsSpan(y * tileWidth * 3, tileWidth * 3).CopyTo(pixels.AsSpan(((top + y) * width + left) * 3));
        }

        return new RgbImage(width, height, pixels);
    }
}
