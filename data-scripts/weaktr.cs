#:project Fetching/SemPLeS.Fetching.csproj
#:property PublishAot=false

// WeakTr's phase-1 checkpoints, which take the place of phase 1: dotnet run data-scripts/weaktr.cs -- --help
using SemPLeS.Fetching;

const string licence = "none stated with the file; the code is hustvl's (https://github.com/hustvl/WeakTr)";

return FetchProgram.Run(
    new FetchPlan("weaktr", "WeakTr's mask generators after phase 1 (Zhu et al., 2023)",
    [
        ByHand("weaktr-voc12.pth", "PASCAL VOC 2012", "1TW6HSSOnhzdAHpUrarM8-nhJTV3MvIgM"),
        ByHand("weaktr-coco14.pth", "COCO 2014", "1tFUDIQDXuD1f8MhWAza-jJP1hYeYhvSb"),
    ]),
    args);

static PublishedFile ByHand(string name, string data, string id) => new(name)
{
    ByHand = $"https://drive.google.com/file/d/{id}/view, the checkpoint of CAM generation for {data}, gives it to browsers only; then --from-file {name}=PATH",
    Licence = licence,
    IsOptional = true,
    Folder = "weights",
};
