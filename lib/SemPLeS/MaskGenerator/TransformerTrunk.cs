using SemPLeS.Weights;
using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>The trunk of a trained vision transformer: blocks, patch embedding, final norm, tokens and positions.</summary>
/// <param name="Values">Blocks, patch embedding and norm under timm's names.</param>
/// <param name="Tokens">(1, T, width): class tokens, then the distillation token where there is one.</param>
/// <param name="TokenPositions">(1, T, width): their positions.</param>
/// <param name="PatchPositions">(1, grid x grid, width): the patches' positions.</param>
/// <param name="Grid">Rows, and columns, of the patches.</param>
internal sealed record TransformerTrunk(IReadOnlyDictionary<string, Tensor> Values, Tensor Tokens, Tensor TokenPositions, Tensor PatchPositions, int Grid)
{
    private static readonly string[] TokenNames = ["cls_token", "dist_token"];

    /// <summary>Reads the trunk of a ViT or DeiT under timm's or Hugging Face's names, or of a mask generator; what such files hold above it is not read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expected">The shapes that blocks, patch embedding and norm must have.</param>
    /// <param name="width">Channels of a token.</param>
    /// <param name="distilled">Whether there must be a distillation token.</param>
    /// <param name="start">What is started, for the message of an error.</param>
    /// <exception cref="InvalidDataException">The weights are of another architecture; the message names file, tensors and shapes.</exception>
    public static TransformerTrunk Read(WeightsFile file, IReadOnlyDictionary<string, IReadOnlyList<long>> expected, int width, bool distilled, string start)
    {
        file = TransformerNames.ToTimm(file);
        var classTokens = SecondSize("cls_token") ?? 1;
        var tokens = classTokens + (distilled ? 1 : 0);
        var grid = (int)Math.Round(Math.Sqrt(Math.Max((SecondSize("pos_embed") ?? 0) - tokens, 1)));
        var all = new Dictionary<string, IReadOnlyList<long>>(expected)
        {
            ["cls_token"] = [1, classTokens, width],
            ["pos_embed"] = [1, tokens + (long)grid * grid, width],
        };
        if (distilled)
            all["dist_token"] = [1, 1, width];
        var found = file.Names.Where(name => !IsAbove(name)).ToDictionary(name => name, name => file.Entry(name).Shape);
        var report = StateDictReport.Compare(all, found);
        if (!report.IsMatch)
            throw new InvalidDataException($"{file.FilePath} can't start {start}: {report}.");

        var positions = file.ReadFloat("pos_embed");
        return new(
            expected.Keys.ToDictionary(name => name, file.ReadFloat),
            cat(TokenNames.Where(all.ContainsKey).Select(file.ReadFloat).ToArray(), 1),
            positions.narrow(1, 0, tokens),
            positions.narrow(1, tokens, (long)grid * grid),
            grid);

        long? SecondSize(string name) => file.Contains(name) && file.Entry(name).Shape is [_, var size, ..] ? size : null;
    }

    /// <summary>The patches' positions for another grid, resized bicubically; a tensor of the caller's scope.</summary>
    public Tensor PatchPositionsFor(int grid) => grid == Grid ? PatchPositions : PositionResize.Bicubic(PatchPositions, Grid, grid, grid, slack: 0);

    private static bool IsAbove(string name) => WeakTrGenerator.IsHeadOrFusion(name) || name.StartsWith("head_dist.", StringComparison.Ordinal);
}
