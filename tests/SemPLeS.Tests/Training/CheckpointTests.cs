using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Tests.Data;
using SemPLeS.Training;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Training;

/// <summary>Files that a training must not go on from: an error that names the file; network and file stay as they were.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly ImageFileFolder _folder = new();
    private readonly WeakTrGenerator _generator = SmallTraining.Generator();

    public CheckpointTests()
    {
        using var generator = SmallTraining.Generator();
        SmallTraining.Trainer(generator).Run(SmallTraining.Options(CheckpointPath));
    }

    private string CheckpointPath => Path.Combine(_folder.Root, "training.safetensors");

    public void Dispose()
    {
        _generator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Another_seed_is_named() => AssertRefused(Trainer(SmallTraining.Settings with { Seed = 2 }), "Seed: 2, not 1");

    [Fact]
    public void Every_setting_that_differs_is_named()
    {
        var error = AssertRefused(
            Trainer(SmallTraining.Settings with { Epochs = 4, Augmentation = new MirrorAugmentation(16, ChannelStatistics.Half), Optimizer = new AdamWSettings(.1) }),
            "Epochs: 4, not 3");

        Assert.Contains("Augmentation: MirrorAugmentation, not CropAugmentation", error.Message);
        Assert.Contains("Augmentation.Statistics.Mean: 0.5 0.5 0.5", error.Message);
        Assert.Contains("Augmentation.SmallestArea: nothing, not 0.5", error.Message);
        Assert.Contains("Optimizer.WeightDecay: 0.1, not 0.03", error.Message);
        Assert.DoesNotContain("BatchSize", error.Message);
    }

    [Fact]
    public void Other_pictures_are_named() => AssertRefused(SmallTraining.Trainer(_generator, images: new SquareImages(9, seed: 5)), "Images: ");

    [Fact]
    public void Other_starting_weights_are_named()
    {
        using var other = SmallTraining.Generator(seed: 5);

        AssertRefused(SmallTraining.Trainer(other), "Start: ");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(300)]
    [InlineData(-1)]
    public void A_truncated_file_is_an_error(int length)
    {
        var bytes = File.ReadAllBytes(CheckpointPath);
        File.WriteAllBytes(CheckpointPath, length < 0 ? bytes[..^1] : bytes[..length]);

        AssertRefused(Trainer());
    }

    [Fact]
    public void A_file_of_something_else_is_an_error()
    {
        File.WriteAllText(CheckpointPath, "Not a checkpoint, but long enough to be one.");

        AssertRefused(Trainer());
    }

    [Fact]
    public void A_file_of_weights_alone_is_an_error()
    {
        _generator.Save(CheckpointPath);

        AssertRefused(Trainer(), "not a checkpoint");
    }

    [Theory]
    [InlineData("step", "-1")]
    [InlineData("step", "many")]
    [InlineData("step", "5")]
    [InlineData("log", "{")]
    [InlineData("log", "{}")]
    [InlineData("log", "null")]
    [InlineData("configuration", "[]")]
    [InlineData("configuration", null)]
    public void A_damaged_text_is_an_error(string key, string? text)
    {
        Rewrite(tensors => tensors, metadata =>
        {
            metadata.Remove(key);
            if (text is not null)
                metadata[key] = text;
        });

        AssertRefused(Trainer());
    }

    [Theory]
    [InlineData("model.head.bias")]
    [InlineData("optimizer.exp_avg.head.bias")]
    [InlineData("optimizer.exp_avg_sq.head.bias")]
    public void A_tensor_that_is_missing_or_of_another_shape_is_named(string name)
    {
        var whole = File.ReadAllBytes(CheckpointPath);
        Rewrite(tensors => tensors.Where(tensor => tensor.Name != name), _ => { });
        AssertRefused(Trainer(), name.Replace("model.", string.Empty, StringComparison.Ordinal));

        File.WriteAllBytes(CheckpointPath, whole);
        Rewrite(tensors => tensors.Select(tensor => tensor.Name == name ? (name, zeros(7)) : tensor), _ => { });
        AssertRefused(Trainer(), "[7]");
    }

    private Trainer Trainer(TrainingSettings? settings = null) => SmallTraining.Trainer(_generator, settings);

    private InvalidDataException AssertRefused(Trainer trainer, string reason = "")
    {
        var (weights, file) = (SmallTraining.Weights(_generator), File.ReadAllBytes(CheckpointPath));
        var error = Assert.Throws<InvalidDataException>(() => trainer.Run(SmallTraining.Options(CheckpointPath)));

        Assert.Contains(CheckpointPath, error.Message);
        Assert.Contains(reason, error.Message);
        Assert.Equal(weights, SmallTraining.Weights(_generator));
        Assert.Equal(file, File.ReadAllBytes(CheckpointPath));
        return error;
    }

    private void Rewrite(Func<IEnumerable<(string Name, Tensor Value)>, IEnumerable<(string Name, Tensor Value)>> tensors, Action<Dictionary<string, string>> metadata)
    {
        using var scope = NewDisposeScope();
        List<(string, Tensor)> values;
        Dictionary<string, string> texts;
        using (var file = SafetensorsFile.Open(CheckpointPath))
        {
            values = [.. tensors(file.Names.Select(name => (name, file.Read(name))).ToList())];
            texts = new(file.Metadata);
        }

        metadata(texts);
        SafetensorsFile.Write(CheckpointPath, values, texts);
    }
}
