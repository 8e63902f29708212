using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>Texts as CLIP's text encoder takes them.</summary>
public static class TextTokenizerExtensions
{
    /// <summary>Encodes texts for a CLIP, padded with 0 behind their ends.</summary>
    /// <param name="tokenizer">The tokenizer of the CLIP's vocabulary.</param>
    /// <param name="texts">n texts.</param>
    /// <param name="clip">The CLIP's settings.</param>
    /// <returns>(n, <see cref="ClipSettings.ContextLength"/>) int64, on the CPU.</returns>
    /// <exception cref="ArgumentException">
    /// The vocabularies differ in size, there is no text, or one, which the message names, has more tokens than the context.
    /// </exception>
    public static Tensor Tokens(this ITextTokenizer tokenizer, IReadOnlyList<string> texts, ClipSettings clip)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(clip);
        tokenizer.RequireVocabularyOf(clip);
        if (texts.Count == 0)
            throw new ArgumentException("There is no text to encode.", nameof(texts));
        var context = clip.ContextLength;
        var padded = new long[texts.Count * context];
        for (var row = 0; row < texts.Count; row++)
        {
            var tokens = tokenizer.Encode(texts[row]);
            if (tokens.Count > context)
                throw new ArgumentException($"The text '{texts[row]}' has {tokens.Count} tokens, more than the context of {context}.", nameof(texts));
            for (var i = 0; i < tokens.Count; i++)
                padded[row * context + i] = tokens[i];
        }

        return tensor(padded, [texts.Count, context]);
    }

    /// <summary>Checks that a tokenizer and a CLIP belong together, as far as their sizes tell.</summary>
    /// <exception cref="ArgumentException">The vocabularies differ in size.</exception>
    internal static void RequireVocabularyOf(this ITextTokenizer tokenizer, ClipSettings clip)
    {
        if (tokenizer.VocabularySize != clip.VocabularySize)
        {
            throw new ArgumentException(
                $"The tokenizer has a vocabulary of {tokenizer.VocabularySize}, the CLIP one of {clip.VocabularySize}: they do not belong together.",
                nameof(tokenizer));
        }
    }
}
