using SemPLeS.Data.MiniWorld;

namespace SemPLeS.Clip;

/// <summary>The 19 tokens of the miniature CLIP.</summary>
public static class MiniVocabulary
{
    /// <summary>&lt;pad&gt; &lt;start&gt; a photo of . boat train aeroplane cow car bird water rails sky grass road tree &lt;end&gt;.</summary>
    public static WordTokenizer Tokenizer { get; } = new(["a", "photo", "of", ".", .. MiniWorldClasses.Objects, .. MiniWorldClasses.Backgrounds]);
}
