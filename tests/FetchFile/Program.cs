// A program in data-scripts' manner, whose one file the tests choose: FetchFile ADDRESS BYTES SHA256 and the scripts' own options.
using System.Globalization;
using SemPLeS.Fetching;

var file = new PublishedFile("file.bin")
{
    Address = new Uri(args[0]),
    Bytes = long.Parse(args[1], CultureInfo.InvariantCulture),
    Sha256 = args[2],
    Sha256Source = "given by the test",
    Licence = "none",
    Folder = "files",
};
return FetchProgram.Run(new FetchPlan("test", "A file of the tests", [file]), args[3..]);
