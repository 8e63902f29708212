using SemPLeS.Clip;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class TokenTableTests
{
    [Fact]
    public void A_row_has_the_text_its_tokens_and_their_numbers()
    {
        var table = TokenTable.Of("Tokens", MiniVocabulary.Tokenizer, "a photo of boat.", "boat");

        Assert.Equal(["a photo of boat.", "<start> | a | photo | of | boat | . | <end>", "1 2 3 4 6 5 18", "7"], table.Rows[0]);
        Assert.Equal("3", table.Rows[1][^1]);
        Assert.Contains("horse", Assert.Throws<ArgumentException>(() => TokenTable.Of("Tokens", MiniVocabulary.Tokenizer, "a horse")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pieces_of_rare_words_are_tokens_of_their_own() =>
        Assert.Contains("zepp | el | ins", TokenTable.Of("Tokens", ClipTokenizer.Published, "Zeppelins").Rows[0][1], StringComparison.Ordinal);
}
