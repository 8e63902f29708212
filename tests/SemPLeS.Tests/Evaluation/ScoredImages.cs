using FsCheck;
using FsCheck.Fluent;
using SemPLeS.Data;
using SemPLeS.Evaluation;

namespace SemPLeS.Tests.Evaluation;

/// <summary>Small images with truth and seeds, for properties; some scores lie exactly on a threshold of <see cref="Rule"/>.</summary>
public static class ScoredImages
{
    public const int Labels = 4;

    public static ThresholdRule Rule { get; } = new BestThreshold(.05, .99, .02);

    public static Arbitrary<ScoredImage> One()
    {
        var label = Gen.Elements<byte>(0, 1, 2, 3, LabelMap.Ignore);
        var score = Gen.OneOf(Gen.Elements(Rule.Levels.ToArray()), Gen.Choose(0, 1000).Select(i => i / 1000f));
        return (
            from width in Gen.Choose(1, 6)
            from height in Gen.Choose(1, 6)
            from truth in label.ArrayOf(width * height)
            where truth.Any(v => v != LabelMap.Ignore)
            from cams in score.ArrayOf((Labels - 1) * width * height)
            select new ScoredImage(new LabelMap(width, height, truth), cams, SeedMap.FromCams(width, height, cams))).ToArbitrary();
    }
}
