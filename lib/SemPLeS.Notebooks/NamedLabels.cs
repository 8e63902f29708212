using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>One labelling of a set of pictures, such as its seeds or a network's predictions, and what a column of pictures calls it.</summary>
/// <param name="Name">The column's heading.</param>
/// <param name="Of">The labels of the picture with this index, of the picture's size.</param>
public sealed record NamedLabels(string Name, Func<int, LabelMap> Of);
