using System.CommandLine;
using SemPLeS.Clip;
using SemPLeS.MaskGenerator;
using SemPLeS.Weights;
using static TorchSharp.torch;

namespace SemPLeS.Cli.Commands;

/// <summary>Writes the tensors of a weights file as safetensors.</summary>
internal sealed class ConvertWeightsCommand : SemplesCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "A weights file: safetensors, or .pth, .pt, .bin of PyTorch." };
    private readonly Option<string> _output = new("--output") { Description = "The safetensors file to write.", HelpName = "FILE", Required = true };
    private readonly Option<string?> _type = new("--type") { Description = "In which type floating-point numbers are stored: float32, float16, bfloat16. [default: as they are]", HelpName = "TYPE" };
    private readonly Option<string?> _names = new("--names") { Description = "Whose names the tensors get: openai, huggingface or openclip for a CLIP, timm for a vision transformer. [default: as they are]", HelpName = "WHOSE" };

    public ConvertWeightsCommand(Terminal terminal)
        : base("convert", "Converts a weights file to safetensors, one tensor in memory at a time.", terminal)
    {
        _type.AcceptOnlyFromAmong("float32", "float16", "bfloat16");
        _names.AcceptOnlyFromAmong("openai", "huggingface", "openclip", "timm");
        Add(_file);
        foreach (var option in new Option[] { _output, _type, _names })
            Add(option);
    }

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        using var file = WeightsFile.Open(parsed.GetRequiredValue(_file));
        var output = parsed.GetRequiredValue(_output);
        var named = parsed.GetValue(_names) switch
        {
            "openai" => ClipNames.ToOpenAi(file),
            "huggingface" => ClipNames.ToHuggingFace(file),
            "openclip" => ClipNames.ToOpenClip(file),
            "timm" => TransformerNames.ToTimm(file),
            _ => file,
        };
        if (named.Names.Count == 0)
            throw new ArgumentException($"{file.FilePath} holds no tensor that has such a name.");
        SafetensorsFile.Write(output, named, dtype: parsed.GetValue(_type) switch
        {
            "float32" => ScalarType.Float32,
            "float16" => ScalarType.Float16,
            "bfloat16" => ScalarType.BFloat16,
            _ => null,
        });
        Terminal.Output.WriteLine($"{named.Names.Count} tensors: {output}");
    }
}
