using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using FsCheck.Xunit;
using SemPLeS.Clip;
using SemPLeS.Tests.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Clip;

public sealed class ClipTokenizerTests
{
    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var path in TestFolders.GoldenFiles("tokenizer", ".json"))
            {
                foreach (var row in JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetProperty("rows").EnumerateArray())
                    rows.Add(row.GetProperty("text").GetString()!, row.GetRawText());
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Tokens_and_decoded_texts_equal_the_reference(string text, string row)
    {
        var expected = JsonDocument.Parse(row).RootElement;
        var tokens = ClipTokenizer.Published.Encode(text);
        Assert.Equal(expected.GetProperty("ids").Deserialize<int[]>(), tokens);
        Assert.Equal(expected.GetProperty("decoded").GetString(), ClipTokenizer.Published.Decode(tokens));
    }

    [Theory]
    // Names without semicolon, the longest of several, numbers, Windows-1252, surrogates and what is not a reference.
    [InlineData("&notit; &notin; &amp &ampx", "¬ it ; ∉ & & x")]
    [InlineData("&#65;&#x42;&#X43 &#150; &#xD800; &#x110000; &#99999999999;", "abc – \ufffd \ufffd \ufffd")]
    [InlineData("&nosuch; &; & &#; &#x; a&#1;b", "& nosuch ; &; & &#; &# x ; ab")]
    [InlineData("&amp;lt;i&amp;gt; &Afr; &acE;", "< i > 𝔄 ∾̳")]
    // Letters outside the basic plane are letters; a digit stands alone; ideographic space is white space.
    [InlineData("𝔘nicode\u3000𝟜𝟚 Ⅳ", "𝔘nicode 𝟜 𝟚 ⅳ")]
    // Lower case of Unicode: final sigma, dotted I, Deseret.
    [InlineData("ΣΟΦΟΣ ΣΑΣ. Σ İI 𐐀", "σοφος σας . σ i \u0307 i 𐐨")]
    public void Text_is_cleaned_and_split_as_the_reference_does(string text, string words) =>
        Assert.Equal(words, ClipTokenizer.Published.Decode(ClipTokenizer.Published.Encode(text).Skip(1).SkipLast(1)).TrimEnd());

    [Property(MaxTest = 300)]
    public void Decoding_gives_ascii_text_back_but_for_case_and_white_space(string[] words)
    {
        var text = string.Join(' ', words.OfType<string>().Select(word => new string([.. word.Where(c => c is > ' ' and <= '~' and not ('&' or '<'))])));
        var tokens = ClipTokenizer.Published.Encode(text);
        Assert.Equal(ClipTokenizer.Published.Start, tokens[0]);
        Assert.Equal(ClipTokenizer.Published.End, tokens[^1]);
        var decoded = ClipTokenizer.Published.Decode(tokens.Skip(1).SkipLast(1));
        Assert.Equal(WithoutSpaces(text.ToLowerInvariant()), WithoutSpaces(decoded));
    }

    [Fact]
    public void The_merges_are_the_published_ones()
    {
        using var merges = OpenMerges();
        Assert.Equal("d308b7377a8ceaa9707a21614fe8c831b9196e197b7aeb69833359362907af02", Convert.ToHexStringLower(SHA256.HashData(merges)));
        Assert.Equal(49408, ClipTokenizer.Published.VocabularySize);
    }

    [Fact]
    public void A_vocabulary_file_gives_the_same_tokenizer_with_header_and_surplus_merges()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("merges.txt");
        using (var merges = new StreamReader(OpenMerges()))
            File.WriteAllText(path, $"#version: 0.2\n{merges.ReadToEnd()}scare d\n");
        var tokenizer = ClipTokenizer.Load(path);
        Assert.Equal(ClipTokenizer.Published.VocabularySize, tokenizer.VocabularySize);
        Assert.Equal(ClipTokenizer.Published.Encode("a photo of potted plant."), tokenizer.Encode("a photo of potted plant."));
    }

    [Theory]
    [InlineData("i n", "zz z")]
    [InlineData("i n", "i n")]
    [InlineData("i n", "in")]
    public void A_line_that_is_no_merge_is_an_error_that_names_file_and_line(params string[] merges)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("merges.txt");
        File.WriteAllLines(path, merges);
        var message = Assert.Throws<InvalidDataException>(() => ClipTokenizer.Load(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains($"merge 2, '{merges[1]}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_of_the_whole_context_fits_and_a_longer_one_is_an_error_that_names_it()
    {
        using var scope = NewDisposeScope();
        var fits = string.Join(' ', Enumerable.Repeat("cat", 75));
        Assert.Equal([1, 77], ClipTokenizer.Published.Tokens([fits], new ClipSettings()).shape);
        var message = Assert.Throws<ArgumentException>(() => ClipTokenizer.Published.Tokens(["a dog", fits + " dog"], new ClipSettings())).Message;
        Assert.Contains(fits + " dog", message, StringComparison.Ordinal);
        Assert.Contains("78 tokens", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_outside_the_vocabulary_can_not_be_decoded() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClipTokenizer.Published.Decode([320, 49408]));

    [Fact]
    public void The_miniature_vocabulary_numbers_its_words_by_place()
    {
        var tokenizer = MiniVocabulary.Tokenizer;
        Assert.Equal(19, tokenizer.VocabularySize);
        Assert.Equal([1, 2, 3, 4, 6, 5, 18], tokenizer.Encode("a photo of boat."));
        Assert.Equal([1, 2, 3, 4, 17, 5, 18], tokenizer.Encode(" a photo  of tree ."));
        Assert.Equal("<start> a photo of boat . <end> <pad>", tokenizer.Decode([1, 2, 3, 4, 6, 5, 18, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([19]));
    }

    [Fact]
    public void An_unknown_word_is_an_error_that_names_word_and_text()
    {
        var message = Assert.Throws<ArgumentException>(() => MiniVocabulary.Tokenizer.Encode("a photo of zebra.")).Message;
        Assert.Contains("'zebra'", message, StringComparison.Ordinal);
        Assert.Contains("'a photo of zebra.'", message, StringComparison.Ordinal);
    }

    private static GZipStream OpenMerges() =>
        new(typeof(ClipTokenizer).Assembly.GetManifestResourceStream("SemPLeS.Clip.bpe-merges.txt.gz")!, CompressionMode.Decompress);

    private static string WithoutSpaces(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
