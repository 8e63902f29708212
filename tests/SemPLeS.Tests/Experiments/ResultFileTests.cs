using SemPLeS.Experiments;
using Xunit;

namespace SemPLeS.Tests.Experiments;

public sealed class ResultFileTests : IDisposable
{
    private static readonly ResultRecord First = new("mini", "s0", 0, "phase-1", "train", "seed_miou", 33.2);
    private static readonly ResultRecord Second = First with { Row = "stage-a", Value = 41.80000000000001 };

    private readonly string _folder = Directory.CreateTempSubdirectory("results").FullName;

    private string ResultPath => Path.Combine(_folder, "results.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Records_come_back_as_they_were_written()
    {
        ResultFile.Write(ResultPath, [First, Second]);

        Assert.Equal([First, Second], ResultFile.Read(ResultPath));
        Assert.Equal(
            """
            [
              {"preset":"mini","world":"s0","seed":0,"row":"phase-1","split":"train","metric":"seed_miou","value":33.2},
              {"preset":"mini","world":"s0","seed":0,"row":"stage-a","split":"train","metric":"seed_miou","value":41.80000000000001}
            ]

            """,
            File.ReadAllText(ResultPath));
    }

    [Fact]
    public void No_records_are_an_empty_array()
    {
        ResultFile.Write(ResultPath, []);

        Assert.Empty(ResultFile.Read(ResultPath));
    }

    [Fact]
    public void An_update_replaces_what_was_measured_again_and_keeps_the_rest()
    {
        ResultFile.Update(ResultPath, [First, Second]);
        var again = First with { Value = 35 };
        var other = First with { Seed = 1 };

        ResultFile.Update(ResultPath, [again, other]);

        Assert.Equal([again, Second, other], ResultFile.Read(ResultPath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("""[{"preset":"mini","world":"s0","seed":0,"row":"a","split":"train","metric":"m"}]""")]
    [InlineData("""[{"preset":null,"world":"s0","seed":0,"row":"a","split":"train","metric":"m","value":1}]""")]
    [InlineData("""[{"preset":"mini","world":"s0","seed":"x","row":"a","split":"train","metric":"m","value":1}]""")]
    [InlineData("""[{"preset":"mini","world":"s0","seed":0,"row":"a","split":"train","metric":"m","value":1""")]
    public void A_damaged_file_is_an_error_that_names_the_file(string text)
    {
        File.WriteAllText(ResultPath, text);

        Assert.Contains(ResultPath, Assert.Throws<InvalidDataException>(() => ResultFile.Read(ResultPath)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ResultFile.Update(ResultPath, [First]));
        Assert.Equal(text, File.ReadAllText(ResultPath));
    }

    [Fact]
    public void A_value_that_is_no_number_is_refused_and_the_old_file_stays()
    {
        ResultFile.Write(ResultPath, [First]);

        Assert.Throws<ArgumentException>(() => ResultFile.Write(ResultPath, [Second with { Value = double.NaN }]));

        Assert.Equal([First], ResultFile.Read(ResultPath));
    }
}
