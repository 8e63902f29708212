#:project Fetching/SemPLeS.Fetching.csproj
#:property PublishAot=false

// CLIP ViT-B/32 and its vocabulary: dotnet run data-scripts/clip.cs -- --help
using SemPLeS.Fetching;

const string sha256 = "40d365715913c9da98579312b702a82c18be219cc2a73407c4526f58eba950af";

return FetchProgram.Run(
    new FetchPlan("clip", "CLIP ViT-B/32 (Radford et al., 2021)",
    [
        new PublishedFile("ViT-B-32.pt")
        {
            Address = new Uri($"https://openaipublic.azureedge.net/clip/models/{sha256}/ViT-B-32.pt"),
            Licence = "MIT, OpenAI (https://github.com/openai/CLIP)",
            Bytes = 353_976_522,
            Sha256 = sha256,
            Sha256Source = "given by the publisher as part of the address",
            Folder = "weights",
        },
        new PublishedFile("bpe_simple_vocab_16e6.txt.gz")
        {
            Address = new Uri("https://github.com/openai/CLIP/raw/main/clip/bpe_simple_vocab_16e6.txt.gz"),
            Licence = "MIT, OpenAI (https://github.com/openai/CLIP); the library brings the part of it that it needs, so this is for comparison only",
            Bytes = 1_356_917,
            Sha256 = "924691ac288e54409236115652ad4aa250f48203de50a9e4722a6ecd48d6804a",
            Sha256Source = "which the publisher does not give; recorded by several projects that carry the file",
            IsOptional = true,
            Folder = "weights",
        },
    ]),
    args);
