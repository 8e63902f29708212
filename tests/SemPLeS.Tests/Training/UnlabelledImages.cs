using SemPLeS.Data;

namespace SemPLeS.Tests.Training;

/// <summary>Nine pictures of which the fifth has no class.</summary>
internal sealed class UnlabelledImages : ILabelledImages
{
    public int Count => SmallStages.Images.Count;

    public int ClassCount => SmallStages.Images.ClassCount;

    public IReadOnlyList<string> ClassNames => SmallStages.Images.ClassNames;

    public bool HasTruth => false;

    public string Id(int index) => SmallStages.Images.Id(index);

    public RgbImage Image(int index) => throw new InvalidOperationException("A picture was read.");

    public IReadOnlyList<int> Labels(int index) => index == 4 ? [] : SmallStages.Images.Labels(index);

    public LabelMap Truth(int index) => throw new InvalidOperationException();
}
