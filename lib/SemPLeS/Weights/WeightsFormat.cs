namespace SemPLeS.Weights;

/// <summary>The formats of weights files that are read.</summary>
public enum WeightsFormat
{
    /// <summary>https://github.com/huggingface/safetensors.</summary>
    Safetensors,

    /// <summary>What torch.save writes since PyTorch 1.6: a zip archive with a pickle.</summary>
    TorchZip,

    /// <summary>What torch.save wrote before: pickles, then the values.</summary>
    TorchLegacy,

    /// <summary>What torch.jit.save writes: a zip archive with a pickle and code, which is not read.</summary>
    TorchScript,
}
