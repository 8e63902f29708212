using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Training;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Training;

public sealed class LeakTests
{
    private const long Allowed = 16_000_000;

    [Fact]
    [Trait(Speed.Name, Speed.Slow)]
    public void A_thousand_steps_of_phase_1_leave_tensors_and_memory_as_they_were_after_a_hundred()
    {
        using var file = SafetensorsFile.Open(TestFolders.GoldenFiles("weaktr").First());
        var network = GeneratorSettings.Read(file, "model.") with { Classes = 3, StochasticDepth = .1 };
        using var generator = GeneratorStart.Random(network, new RandomStream(0));
        var images = new SquareImages(40, width: network.ImageSize, height: network.ImageSize);
        var settings = new TrainingSettings
        {
            Epochs = 100,
            BatchSize = 4,
            LearningRate = new LearningRateConstant(1e-3),
            Augmentation = new CropAugmentation(network.ImageSize, ChannelStatistics.ImageNet),
        };
        // Else the finaliser could free an earlier test's tensors while this one counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long tensors = 0, resident = 0;
        SmallTraining.Trainer(generator, settings, images).Run(SmallTraining.Options(null, progress =>
        {
            if (progress.Step == 100)
                (tensors, resident) = (Tensor.TotalCount, Environment.WorkingSet);
            else if (progress.Step % 100 == 0)
                Assert.Equal((progress.Step, tensors), (progress.Step, Tensor.TotalCount));
        }));

        Assert.InRange(Environment.WorkingSet, 0, resident + Allowed);
    }
}
