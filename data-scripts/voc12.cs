#:project Fetching/SemPLeS.Fetching.csproj
#:property PublishAot=false

// PASCAL VOC 2012 and its augmented training masks: dotnet run data-scripts/voc12.cs -- --help
using SemPLeS.Fetching;

const string folder = "voc12/VOCdevkit/VOC2012";
const string devkitTerms = "images: Flickr's terms of use; the challenge's organisers publish them for research (http://host.robots.ox.ac.uk/pascal/VOC/voc2012/)";

return FetchProgram.Run(
    new FetchPlan("voc12", "PASCAL VOC 2012 with the augmented training masks",
    [
        new PublishedFile("VOCtrainval_11-May-2012.tar")
        {
            Address = new Uri("http://host.robots.ox.ac.uk/pascal/VOC/voc2012/VOCtrainval_11-May-2012.tar"),
            Licence = devkitTerms,
            Bytes = 1_999_639_040,
            Sha256 = "e14f763270cf193d0b5f74b169f44157a4b0c6efa708f4dd0ff78ee691763bcb",
            Sha256Source = "which the publisher does not give; recorded by TensorFlow Datasets",
            Folder = folder,
            Unpack = new UnpackRule("VOCdevkit/VOC2012", 60_000, 4_000_000_000),
        },
        new PublishedFile("SegmentationClassAug.zip")
        {
            Address = new Uri("https://www.dropbox.com/s/oeu149j8qtbs1x0/SegmentationClassAug.zip?dl=1"),
            Licence = "masks of the Semantic Boundaries Dataset (Hariharan et al., ICCV 2011) as index pictures; for research",
            Sha256 = "63b2c2e40badf93e7c4a91e2c5e6dd2eb68ace6a639736f9a2447b446ec2a13d",
            Sha256Source = "which the publisher does not give; recorded by one other project",
            Folder = $"{folder}/SegmentationClassAug",
            Unpack = new UnpackRule("SegmentationClassAug", 15_000, 1_000_000_000),
        },
        new PublishedFile("VOC2012test.tar")
        {
            ByHand = "http://host.robots.ox.ac.uk:8080/ gives it to people with an account; only the test split needs it",
            Licence = devkitTerms,
            IsOptional = true,
            Folder = folder,
            Unpack = new UnpackRule("VOCdevkit/VOC2012", 60_000, 4_000_000_000),
        },
    ])
    {
        PrepareText = "write the list train_aug: what has an augmented mask and is not in val",
        Prepare = (data, _, _) => VocLists.WriteTrainAug(Path.Combine(data, folder)),
    },
    args);
