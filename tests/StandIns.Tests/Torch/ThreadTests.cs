using System.Collections.Concurrent;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

public sealed class ThreadTests
{
    [Fact]
    public void The_number_of_threads_is_the_one_that_was_set()
    {
        var before = get_num_threads();
        try
        {
            foreach (var count in new[] { 1, 2, before })
            {
                set_num_threads(count);
                Assert.Equal(count, get_num_threads());
                Assert.Equal(count, OnThreads(1, _ => get_num_threads()).Single());
            }
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void Threads_that_use_tensors_at_once_do_not_disturb_one_another()
    {
        var count = LivingTensors.Count();
        var results = OnThreads(4, thread =>
        {
            var last = 0f;
            for (var round = 0; round < 200; round++)
            {
                using var scope = NewDisposeScope();
                var x = full([16, 16], (float)(thread + 1)).requires_grad_();
                x.matmul(x).mean().backward();
                last = x.grad!.mean().item<float>();
            }

            return last;
        });

        // The mean of a product of n x n matrices of one value v changes by 2 v / n for each element.
        Assert.Equal([2f / 16, 4f / 16, 6f / 16, 8f / 16], results.Order());
        Assert.Equal(count, Tensor.TotalCount);
    }

    [Fact]
    public void One_tensor_can_be_read_by_several_threads()
    {
        using var weights = ones(64, 64);
        var sums = OnThreads(4, _ =>
        {
            using var scope = NewDisposeScope();
            return Enumerable.Range(0, 50).Sum(_ => weights.matmul(weights).sum().item<float>());
        });

        Assert.All(sums, sum => Assert.Equal(50f * 64 * 64 * 64, sum));
    }

    [Fact]
    public void Gradients_are_switched_off_for_one_thread_alone()
    {
        using var noGradient = no_grad();

        Assert.True(OnThreads(1, _ => is_grad_enabled()).Single());
        Assert.False(is_grad_enabled());
    }

    private static List<T> OnThreads<T>(int count, Func<int, T> body)
    {
        var results = new ConcurrentBag<T>();
        var threads = Enumerable.Range(0, count).Select(thread => new Thread(() => results.Add(body(thread)))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(count, results.Count);
        return [.. results];
    }
}
