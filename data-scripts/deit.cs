#:project Fetching/SemPLeS.Fetching.csproj
#:property PublishAot=false

// DeiT-S/16, from which the mask generator starts: dotnet run data-scripts/deit.cs -- --help
using SemPLeS.Fetching;

return FetchProgram.Run(
    new FetchPlan("deit", "DeiT-S/16, 224 pixels, trained on ImageNet-1k (Touvron et al., 2021)",
    [
        new PublishedFile("deit_small_patch16_224-cd65a155.pth")
        {
            Address = new Uri("https://dl.fbaipublicfiles.com/deit/deit_small_patch16_224-cd65a155.pth"),
            Licence = "Apache-2.0, Meta (https://github.com/facebookresearch/deit)",
            Sha256 = "cd65a155",
            Sha256Source = "given by the publisher as part of the file's name, the first 8 digits",
            Folder = "weights",
        },
    ]),
    args);
