using Xunit;

namespace SemPLeS.Tests.Signatures;

public sealed class ListingTests
{
    [SharedFact("api")]
    public void Every_line_of_the_listings_survives_being_taken_apart_and_put_together()
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(TestFolders.Shared!, "api"), "*.txt"))
        {
            var listing = Listing.Read(path);
            var rebuilt = listing.Types.Values.SelectMany(type => type.Members.Select(member => "  " + member).Prepend(type.Type.ToString()));
            var original = File.ReadAllText(path).Split('\n', 2)[1].Replace("  [Obsolete]\n", "\n", StringComparison.Ordinal).TrimEnd('\n');
            Assert.Equal(original.Split('\n'), string.Join('\n', rebuilt).Split('\n'));
        }
    }

    [Fact]
    public void A_line_that_is_no_signature_is_an_error_that_quotes_it()
    {
        var exception = Assert.Throws<FormatException>(() => Listing.Parse(["what is this"]));
        Assert.Contains("what is this", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_a_member_of_another_type_is_an_error_that_names_the_file()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, ["type class A.B", "  meth  public void A.C.Run()"]);
            var exception = Assert.Throws<InvalidDataException>(() => Listing.Read(path));
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [SharedFact("api/torchsharp-0.106.0.txt")]
    public void Nested_types_derive_from_types_of_the_same_name_outside()
    {
        var listing = Listing.Read(Path.Combine(TestFolders.Shared!, "api/torchsharp-0.106.0.txt"));
        var ancestors = listing.Ancestors(listing.Types["TorchSharp.Modules.AdamW.ParamGroup"]).Select(type => type.Type.Name);
        Assert.Equal(["TorchSharp.Modules.ParamGroup<AdamW.Options>", "TorchSharp.Modules.ParamGroup"], ancestors.Where(name => name.Contains("ParamGroup", StringComparison.Ordinal)));
    }

    [Fact]
    public void Ancestors_carry_the_type_arguments_of_the_type_that_derives_from_them()
    {
        var listing = Listing.Parse(
        [
            "type static class N.nn",
            "type abstract class N.nn.Hooks<TBefore> : nn.Module",
            "  meth  public TBefore N.nn.Hooks<TBefore>.run(Func<TBefore, int> hook, int TBefore = 1)",
            "type class N.nn.Module : IDisposable",
            "type abstract class N.nn.Module<T, TResult> : nn.Hooks<(T, T)?>",
            "type sealed class N.Linear : nn.Module<nn.Tensor, nn.Tensor>",
        ]);

        var ancestors = listing.Ancestors(listing.Types["N.Linear"]).ToList();

        Assert.Equal(["N.nn.Module<nn.Tensor, nn.Tensor>", "N.nn.Hooks<(nn.Tensor, nn.Tensor)?>", "N.nn.Module"], ancestors.Select(type => type.Type.Name));
        Assert.Equal(
            "meth  public (nn.Tensor, nn.Tensor)? N.nn.Hooks<(nn.Tensor, nn.Tensor)?>.run(Func<(nn.Tensor, nn.Tensor)?, int> hook, int TBefore = 1)",
            Assert.Single(ancestors[1].Members).ToString());
    }
}
