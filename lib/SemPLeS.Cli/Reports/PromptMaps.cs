using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Cli.Reports;

/// <summary>Where in a picture CLIP sees what the learned prompts describe (paper, Fig. 4).</summary>
internal sealed class PromptMaps : IDisposable
{
    private readonly ClipModel _clip;
    private readonly Tensor _prompts;
    private readonly Device _device;

    private PromptMaps(ClipModel clip, Tensor prompts, Device device) => (_clip, _prompts, _device) = (clip, prompts, device);

    /// <summary>Loads the CLIP and the prompts that the run ended with; null when it learned none.</summary>
    public static PromptMaps? Load(SemPLeSPlan plan, IReadOnlyList<SchemeStage> stages, Device device)
    {
        if (stages.LastOrDefault(stage => stage.PromptsPath is not null)?.PromptsPath is not { } path)
            return null;
        var clip = plan.Clip().to(device);
        using var noGradient = no_grad();
        using var prompts = PromptLearner.Load(path, plan.Template).to(device);
        return new PromptMaps(clip, prompts.Encode(clip).DetachFromDisposeScope(), device);
    }

    /// <summary>height x width values: the cosine of the class's prompt with the patches, brought to 0..1 within the picture.</summary>
    public float[] Draw(RgbImage image, int label)
    {
        using var scope = NewDisposeScope();
        var side = _clip.Settings.ImageSize;
        var values = new float[3 * side * side];
        _clip.Settings.Statistics.Normalise(Resampler.Resize(image, side, side, ResampleFilter.Bicubic), values);
        var cosines = PatchSimilarity.Of(_clip, tensor(values, [1, 3, side, side]).to(_device), _prompts.narrow(0, label, 1));
        var map = nn.functional.interpolate(cosines, [image.Height, image.Width], mode: InterpolationMode.Bilinear, align_corners: false);
        var (least, most) = (map.min(), map.max());
        return ((map - least) / (most - least + 1e-8)).cpu().data<float>().ToArray();
    }

    public void Dispose()
    {
        _prompts.Dispose();
        _clip.Dispose();
    }
}
