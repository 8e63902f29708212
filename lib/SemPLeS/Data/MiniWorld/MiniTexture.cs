namespace SemPLeS.Data.MiniWorld;

/// <summary>A background, by its place in <see cref="MiniWorldClasses.Backgrounds"/>.</summary>
internal enum MiniTexture
{
    Water,
    Rails,
    Sky,
    Grass,
    Road,
    Tree,
}
