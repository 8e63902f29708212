namespace SemPLeS.Data.MiniWorld;

/// <summary>An object, by its place in <see cref="MiniWorldClasses.Objects"/>.</summary>
internal enum MiniObject
{
    Boat,
    Train,
    Aeroplane,
    Cow,
    Car,
    Bird,
}
