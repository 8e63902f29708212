using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

public sealed class LeakTests
{
    [Fact]
    public void A_thousand_training_steps_leave_tensors_and_memory_as_they_were_after_a_hundred()
    {
        using var model = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 8));
        using var optimizer = optim.AdamW([new TorchSharp.Modules.AdamW.ParamGroup(model.parameters())], lr: 1e-3);
        using var x = rand(32, 64);
        long tensors = 0, resident = 0;
        for (var step = 1; step <= 1000; step++)
        {
            using (NewDisposeScope())
            {
                optimizer.zero_grad();
                model.call(x).pow(2).mean().backward();
                optimizer.step();
            }

            if (step == 100)
                (tensors, resident) = (Tensor.TotalCount, Environment.WorkingSet);
        }

        Assert.Equal(tensors, Tensor.TotalCount);
        Assert.InRange(Environment.WorkingSet, 0, resident + 16_000_000);
    }
}
