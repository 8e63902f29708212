using SemPLeS.Data;
using SemPLeS.Segmentation;
using SemPLeS.Tests.Data;
using SemPLeS.Tests.Training;
using SemPLeS.Training;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Segmentation;

public sealed class OnlineRetrainingTests : IDisposable
{
    private readonly ImageFileFolder _folder = new();

    private string CheckpointPath => Path.Combine(_folder.Root, "retraining.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        Assert.Equal(Trained(), Trained());
        Assert.NotEqual(Trained(), Trained(SmallRetraining.Settings with { Training = SmallRetraining.Settings.Training with { Seed = 2 } }));
    }

    [Fact]
    public void A_retraining_that_is_cancelled_at_every_step_ends_with_the_file_of_an_undisturbed_one()
    {
        var undisturbed = Path.Combine(_folder.Root, "undisturbed.safetensors");
        using (var segmenter = SmallRetraining.Segmenter())
            SmallRetraining.Trainer(segmenter).Run(SmallTraining.Options(undisturbed));
        for (var step = 1; step < SmallRetraining.Steps; step++)
        {
            using var cancelled = SmallRetraining.Segmenter();
            using var cancellation = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() =>
                SmallRetraining.Trainer(cancelled).Run(SmallTraining.Options(CheckpointPath, _ => cancellation.Cancel()), cancellation.Token));
        }

        using var last = SmallRetraining.Segmenter();
        var record = SmallRetraining.Trainer(last).Run(SmallTraining.Options(CheckpointPath));

        Assert.Equal(SmallRetraining.Steps - 1, record.ResumedFrom);
        Assert.Equal(File.ReadAllBytes(undisturbed), File.ReadAllBytes(CheckpointPath));
    }

    [Fact]
    public void A_checkpoint_holds_the_momentum_of_every_learned_parameter_and_no_unused_head()
    {
        using var segmenter = SegmenterStart.Random(SmallRetraining.Network with { EncoderClasses = 5 }, new RandomStream(0));
        var before = segmenter.state_dict()["encoder.head.weight"].data<float>().ToArray();
        SmallRetraining.Trainer(segmenter).Run(SmallTraining.Options(CheckpointPath));
        using var file = SafetensorsFile.Open(CheckpointPath);

        Assert.Equal(
            segmenter.LearnedParameters().Select(named => "optimizer.momentum_buffer." + named.Name).Order(StringComparer.Ordinal),
            file.Names.Where(name => name.StartsWith("optimizer.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(before, segmenter.state_dict()["encoder.head.weight"].data<float>().ToArray());
    }

    [Fact]
    public void The_encoder_learns_at_its_share_of_the_rate()
    {
        var one = SmallRetraining.Settings with
        {
            EncoderRate = .1,
            Training = SmallRetraining.Settings.Training with { Epochs = 1, BatchSize = 9, LearningRate = new LearningRateConstant(.01) },
        };
        using var scope = NewDisposeScope();
        using var start = SmallRetraining.Segmenter();
        using var slow = SmallRetraining.Segmenter();
        using var even = SmallRetraining.Segmenter();
        SmallRetraining.Trainer(slow, one).Run();
        SmallRetraining.Trainer(even, one with { EncoderRate = 1 }).Run();

        AssertShare(.1, "encoder.blocks.0.mlp.fc1.weight");
        AssertShare(1, "decoder.proj_patch");

        void AssertShare(double share, string name)
        {
            var (a, b) = (slow.state_dict()[name] - start.state_dict()[name], even.state_dict()[name] - start.state_dict()[name]);
            Assert.InRange(b.norm().item<float>(), 1e-6, 1);
            Assert.Equal(share, a.norm().item<float>() / b.norm().item<float>(), 1e-2);
        }
    }

    [Fact]
    public void The_masks_of_a_folder_are_learned_and_tell_one_checkpoint_from_another()
    {
        var images = SmallRetraining.Images;
        Write("flat", _ => new LabelMap(16, 16, new byte[256]));
        Write("same", images.Truth);

        Assert.Equal(Trained(), Trained(images: MaskFolderImages.Open(images, Path.Combine(_folder.Root, "same"))));
        Assert.NotEqual(Trained(), Trained(images: MaskFolderImages.Open(images, Path.Combine(_folder.Root, "flat"))));

        using var segmenter = SmallRetraining.Segmenter();
        SmallRetraining.Trainer(segmenter).Run(SmallTraining.Options(CheckpointPath));
        using var again = SmallRetraining.Segmenter();
        var error = Assert.Throws<InvalidDataException>(() => SmallRetraining
            .Trainer(again, images: MaskFolderImages.Open(images, Path.Combine(_folder.Root, "flat"))).Run(SmallTraining.Options(CheckpointPath)));
        Assert.Contains("Images: ", error.Message);

        void Write(string name, Func<int, LabelMap> mask)
        {
            for (var i = 0; i < images.Count; i++)
                LabelFile.SavePng(mask(i), Path.Combine(_folder.Root, name, images.Id(i) + ".png"));
        }
    }

    [Fact]
    public void A_checkpoint_of_another_loss_or_network_is_refused()
    {
        using var segmenter = SmallRetraining.Segmenter();
        SmallRetraining.Trainer(segmenter).Run(SmallTraining.Options(CheckpointPath));
        using var again = SegmenterStart.Random(SmallRetraining.Network with { Dropout = .2 }, new RandomStream(0));
        var error = Assert.Throws<InvalidDataException>(() => SmallRetraining
            .Trainer(again, SmallRetraining.Settings with { Loss = new PatchClippedCrossEntropy(50, 4) }).Run(SmallTraining.Options(CheckpointPath)));

        Assert.Contains("Network.Dropout: 0.2, not 0.1", error.Message);
        Assert.Contains("Retraining.Loss.StartValue: 50, not 100", error.Message);
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_training()
    {
        using var segmenter = SmallRetraining.Segmenter();
        using (no_grad())
            segmenter.state_dict()["decoder.cls_emb"].fill_(float.NaN);
        var error = Assert.Throws<TrainingDivergedException>(() => SmallRetraining.Trainer(segmenter).Run());

        Assert.Contains("retraining, step 0: the loss 'cross entropy' is NaN", error.Message);
    }

    [Fact]
    public void What_does_not_fit_is_an_error_before_training()
    {
        using var segmenter = SmallRetraining.Segmenter();
        using var wide = SegmenterStart.Random(SmallRetraining.Network with { Labels = 5 }, new RandomStream(0));

        Assert.Contains("4 labels, background included, the Segmenter 5", Assert.Throws<ArgumentException>(() => SmallRetraining.Trainer(wide)).Message);
        Assert.Contains("CropAugmentation", Assert.Throws<ArgumentException>(() => SmallRetraining.Trainer(segmenter, SmallRetraining.Settings with
        {
            Training = SmallRetraining.Settings.Training with { Augmentation = new CropAugmentation(16, ChannelStatistics.ImageNet) },
        })).Message);
        Assert.Contains("9 images do not fill", Assert.Throws<ArgumentException>(() => SmallRetraining.Trainer(segmenter, SmallRetraining.Settings with
        {
            Training = SmallRetraining.Settings.Training with { BatchSize = 10 },
        })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => SmallRetraining.Settings with { EncoderRate = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => SmallRetraining.Trainer(segmenter, SmallRetraining.Settings with
        {
            Training = SmallRetraining.Settings.Training with { Optimizer = new SgdSettings(Momentum: 0) },
        }));
    }

    private static byte[] Trained(RetrainingSettings? settings = null, ILabelledImages? images = null)
    {
        using var segmenter = SmallRetraining.Segmenter();
        SmallRetraining.Trainer(segmenter, settings, images).Run();
        return SmallTraining.Weights(segmenter);
    }
}
