#:project Fetching/SemPLeS.Fetching.csproj
#:property PublishAot=false

// MS COCO 2014 with masks and labels made of its annotations: dotnet run data-scripts/coco14.cs -- --help
using SemPLeS.Data.Coco;
using SemPLeS.Fetching;

const string folder = "coco14";
const string imageTerms = "images: Flickr's terms of use, under which their authors keep their rights (https://cocodataset.org/#termsofuse)";
const string annotationTerms = "CC BY 4.0, COCO Consortium (https://cocodataset.org/#termsofuse)";
const string hashSource = "which the publisher does not give; recorded by torchvision and TensorFlow Datasets";

return FetchProgram.Run(
    new FetchPlan("coco14", "MS COCO 2014",
    [
        Zip("train2014.zip", "zips", 13_510_573_713, "ede4087e640bddba550e090eae701092534b554b42b05ac33f0300b984b31775", imageTerms, $"{folder}/train2014", new UnpackRule("train2014", 90_000, 20_000_000_000)),
        Zip("val2014.zip", "zips", 6_645_013_297, "fe9be816052049c34717e077d9e34aa60814a55679f804cd043e3cbee3b9fde0", imageTerms, $"{folder}/val2014", new UnpackRule("val2014", 50_000, 10_000_000_000)),
        Zip("annotations_trainval2014.zip", "annotations", 252_872_794, "031296bbc80c45a1d1f76bf9a90ead27e94e99ec629208449507a4917a3bf009", annotationTerms, $"{folder}/annotations", new UnpackRule("annotations", 20, 2_000_000_000)),
    ])
    {
        PrepareText = "make masks (category by pixel) and the list of labels of the annotations",
        PreparedBytes = 2_000_000_000,
        Prepare = (data, progress, cancellation) => string.Join(Environment.NewLine, new[] { "train2014", "val2014" }.Select(split =>
        {
            var (labelled, unlabelled, written) = CocoMasks.Write(Path.Combine(data, folder), split, progress, cancellation);
            return $"{split}: {labelled} photographs with a label, {unlabelled} without; {written} masks were made now.";
        })),
    },
    args);

static PublishedFile Zip(string name, string place, long bytes, string sha256, string licence, string target, UnpackRule rule) => new(name)
{
    Address = new Uri($"http://images.cocodataset.org/{place}/{name}"),
    Licence = licence,
    Bytes = bytes,
    Sha256 = sha256,
    Sha256Source = hashSource,
    Folder = target,
    Unpack = rule,
};
