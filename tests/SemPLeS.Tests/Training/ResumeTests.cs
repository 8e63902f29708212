using SemPLeS.Tests.Data;
using Xunit;

namespace SemPLeS.Tests.Training;

/// <summary>A training that was interrupted ends with the file of an undisturbed one: the same weights, moments, losses and step.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly Lazy<byte[]> Undisturbed = new(UndisturbedFile);
    private readonly ImageFileFolder _folder = new();

    private string CheckpointPath => Path.Combine(_folder.Root, "training.safetensors");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_cancelled_training_goes_on_as_if_nothing_had_happened(int step)
    {
        CancelAfter(step);
        using var generator = SmallTraining.Generator();
        var record = SmallTraining.Trainer(generator).Run(SmallTraining.Options(CheckpointPath));

        Assert.Equal(step, record.ResumedFrom);
        Assert.Equal([1, 2, 3], record.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(Undisturbed.Value, File.ReadAllBytes(CheckpointPath));
    }

    [Fact]
    public void A_training_can_be_cancelled_again_and_again()
    {
        for (var step = 1; step < SmallTraining.Steps; step++)
            CancelAfter(step);
        using var generator = SmallTraining.Generator();
        SmallTraining.Trainer(generator).Run(SmallTraining.Options(CheckpointPath));

        Assert.Equal(Undisturbed.Value, File.ReadAllBytes(CheckpointPath));
    }

    [Fact]
    public void The_same_trainer_can_go_on_after_a_cancellation()
    {
        using var generator = SmallTraining.Generator();
        using var cancellation = new CancellationTokenSource();
        var trainer = SmallTraining.Trainer(generator);
        Assert.Throws<OperationCanceledException>(() =>
            trainer.Run(SmallTraining.Options(CheckpointPath, _ => cancellation.Cancel()), cancellation.Token));
        trainer.Run(SmallTraining.Options(CheckpointPath));

        Assert.Equal(Undisturbed.Value, File.ReadAllBytes(CheckpointPath));
    }

    [Fact]
    public void A_cancellation_during_the_last_step_comes_too_late()
    {
        CancelAfter(SmallTraining.Steps - 1);
        using var generator = SmallTraining.Generator();
        using var cancellation = new CancellationTokenSource();
        var record = SmallTraining.Trainer(generator).Run(SmallTraining.Options(CheckpointPath, _ => cancellation.Cancel()), cancellation.Token);

        Assert.Equal(3, record.Epochs.Count);
        Assert.Equal(Undisturbed.Value, File.ReadAllBytes(CheckpointPath));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_training_that_was_killed_goes_on_from_its_last_checkpoint(int step)
    {
        var left = Path.Combine(_folder.Root, "left.safetensors");
        using (var killed = SmallTraining.Generator())
        {
            // When a step is told, the file still holds the one before.
            SmallTraining.Trainer(killed).Run(SmallTraining.Options(CheckpointPath, every: 1, progress: progress =>
            {
                if (progress.Step == step + 1)
                    File.Copy(CheckpointPath, left);
            }));
        }

        using var generator = SmallTraining.Generator();
        var record = SmallTraining.Trainer(generator).Run(SmallTraining.Options(left));

        Assert.Equal(step, record.ResumedFrom);
        Assert.Equal(Undisturbed.Value, File.ReadAllBytes(left));
    }

    [Fact]
    public void A_training_that_was_cancelled_without_checkpoint_can_only_begin_anew()
    {
        using var generator = SmallTraining.Generator();
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            SmallTraining.Trainer(generator).Run(SmallTraining.Options(null, _ => cancellation.Cancel()), cancellation.Token));

        Assert.Empty(Directory.EnumerateFiles(_folder.Root));
    }

    [Fact]
    public void A_finished_training_is_read_back_without_a_step()
    {
        _folder.Write(Path.GetFileName(CheckpointPath), Undisturbed.Value);
        using var fresh = SmallTraining.Generator();
        var record = SmallTraining.Trainer(fresh).Run(SmallTraining.Options(CheckpointPath, _ => Assert.Fail("a step was taken")));
        using var trained = SmallTraining.Generator();
        SmallTraining.Trainer(trained).Run();

        Assert.Equal(SmallTraining.Weights(trained), SmallTraining.Weights(fresh));
        Assert.Equal((SmallTraining.Steps, 3), (record.ResumedFrom, record.Epochs.Count));
        Assert.False(fresh.training);
    }

    /// <summary>Begins or goes on with the training, and cancels it when this step is told.</summary>
    private void CancelAfter(int step)
    {
        using var generator = SmallTraining.Generator();
        using var cancellation = new CancellationTokenSource();
        var options = SmallTraining.Options(CheckpointPath, progress =>
        {
            if (progress.Step == step)
                cancellation.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => SmallTraining.Trainer(generator).Run(options, cancellation.Token));
    }

    private static byte[] UndisturbedFile()
    {
        using var folder = new ImageFileFolder();
        var path = Path.Combine(folder.Root, "undisturbed.safetensors");
        using var generator = SmallTraining.Generator();
        SmallTraining.Trainer(generator).Run(SmallTraining.Options(path));
        return File.ReadAllBytes(path);
    }
}
