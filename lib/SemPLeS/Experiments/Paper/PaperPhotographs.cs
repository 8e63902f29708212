using SemPLeS.Data;
using SemPLeS.Data.Coco;

namespace SemPLeS.Experiments;

/// <summary>How a data set's photographs lie in their folder.</summary>
internal abstract record PaperPhotographs(string Folder)
{
    /// <summary>The photographs of a preset below the folder of all data.</summary>
    public static PaperPhotographs Of(PaperPreset preset, string dataFolder) => preset.Name == PaperPreset.Coco14.Name
        ? new CocoPhotographs(Path.Combine(dataFolder, preset.Name))
        : new VocPhotographs(Path.Combine(dataFolder, preset.Name, "VOCdevkit", "VOC2012"), Path.Combine(dataFolder, "cache"));

    /// <summary>Whether there is such a list.</summary>
    public abstract bool Has(string split);

    /// <summary>How many photographs with a label a list has; what it names is looked for, not read.</summary>
    public abstract int Count(string split);

    /// <summary>Opens a list.</summary>
    public abstract ILabelledImages Open(string split);

    private sealed record VocPhotographs(string Folder, string Cache) : PaperPhotographs(Folder)
    {
        public override bool Has(string split) => VocDataset.HasSplit(Folder, split);

        public override int Count(string split)
        {
            var ids = VocIdList.Read(Folder, split);
            _ = VocFiles.Find(Folder, ids, new VocOptions());
            return ids.Count;
        }

        public override ILabelledImages Open(string split) => VocDataset.Open(Folder, split, new VocOptions { CacheFolder = Cache });
    }

    private sealed record CocoPhotographs(string Folder) : PaperPhotographs(Folder)
    {
        public override bool Has(string split) => CocoDataset.HasSplit(Folder, split);

        public override int Count(string split)
        {
            var data = CocoDataset.Open(Folder, split);
            return data.HasTruth ? data.Count : throw new FileNotFoundException($"Not every photograph of {split} has a mask in {Path.Combine(Folder, "SegmentationClass", split)}.");
        }

        public override ILabelledImages Open(string split) => CocoDataset.Open(Folder, split);
    }
}
