namespace SemPLeS.PseudoMasks;

/// <summary>To what size a picture is brought before CAMs are made of it.</summary>
public abstract record InputSize
{
    private protected InputSize()
    {
    }

    /// <summary>The input's size at one scale.</summary>
    /// <param name="width">The picture's columns, at least 1.</param>
    /// <param name="height">The picture's rows, at least 1.</param>
    /// <param name="scale">Above 0.</param>
    /// <returns>Columns and rows, at least 1 each.</returns>
    public abstract (int Width, int Height) At(int width, int height, double scale);
}
