using System.Reflection;
using Xunit;

namespace SemPLeS.Tests.Signatures;

/// <summary>Code that compiles against a stand-in must compile against the package of the same name.</summary>
public sealed class StandInSignatureTests
{
    private const string TorchSharp = "api/torchsharp-0.106.0.txt";
    private const string ImageSharp = "api/imagesharp-3.1.12.txt";
    private const string Plotly = "api/plotly.net-5.1.0.txt";
    private const string PlotlyCSharp = "api/plotly.net.csharp-0.13.0.txt";

    [StandInFact("TorchSharp", TorchSharp)]
    public void Everything_that_the_TorchSharp_stand_in_offers_is_in_the_package() => AssertListed("TorchSharp", TorchSharp);

    [StandInFact("SixLabors.ImageSharp", ImageSharp)]
    public void Everything_that_the_ImageSharp_stand_in_offers_is_in_the_package() => AssertListed("SixLabors.ImageSharp", ImageSharp);

    [StandInFact("Plotly.NET", Plotly)]
    public void Everything_that_the_Plotly_stand_in_offers_is_in_the_package() => AssertListed("Plotly.NET", Plotly);

    [StandInFact("Plotly.NET.CSharp", PlotlyCSharp)]
    public void Everything_that_the_Plotly_CSharp_stand_in_offers_is_in_the_package() => AssertListed("Plotly.NET.CSharp", PlotlyCSharp);

    private static void AssertListed(string assembly, string listing)
    {
        var differences = SignatureComparer.Compare(Assembly.Load(assembly).GetTypes(), Listing.Read(Path.Combine(TestFolders.Shared!, listing)));
        Assert.True(differences.Count == 0, $"{differences.Count} signatures of {assembly} differ from {listing}:\n" + string.Join('\n', differences));
    }
}
