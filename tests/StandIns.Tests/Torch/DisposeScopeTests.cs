using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_frees_what_was_made_in_it_and_nothing_else()
    {
        using var before = ones(2);
        var count = LivingTensors.Count();
        Tensor inside;
        using (NewDisposeScope())
        {
            inside = before + 1;
            _ = inside * 2;
            Assert.Equal(count + 2, Tensor.TotalCount);
        }

        Assert.True(inside.IsInvalid);
        Assert.False(before.IsInvalid);
        Assert.Equal(count, Tensor.TotalCount);
    }

    [Fact]
    public void A_tensor_moved_out_lives_until_the_outer_scope_ends()
    {
        Tensor moved;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
                moved = ones(2).MoveToOuterDisposeScope();
            Assert.False(moved.IsInvalid);
        }

        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void A_tensor_moved_out_of_the_outermost_scope_belongs_to_its_holder()
    {
        Tensor moved;
        using (NewDisposeScope())
            moved = ones(2).MoveToOuterDisposeScope();

        Assert.False(moved.IsInvalid);
        moved.Dispose();
    }

    [Fact]
    public void A_detached_tensor_outlives_every_scope()
    {
        Tensor detached;
        using (NewDisposeScope())
        {
            using (var inner = NewDisposeScope())
                detached = inner.Detach(ones(2));
        }

        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void An_attached_tensor_is_freed_with_the_scope()
    {
        var made = ones(2);
        using (var scope = NewDisposeScope())
        {
            scope.Attach(made);
            Assert.True(scope.Contains(made));
        }

        Assert.True(made.IsInvalid);
    }

    [Fact]
    public void A_tensor_disposed_early_leaves_its_scope()
    {
        using var scope = NewDisposeScope();
        ones(2).Dispose();

        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void An_exception_frees_the_tensors_of_the_scopes_that_it_leaves()
    {
        var count = LivingTensors.Count();
        Assert.Throws<InvalidOperationException>(Interrupted);

        Assert.Equal(count, Tensor.TotalCount);

        static void Interrupted()
        {
            using var outer = NewDisposeScope();
            _ = ones(2);
            using var inner = NewDisposeScope();
            _ = ones(3);
            throw new InvalidOperationException();
        }
    }

    [Fact]
    public void A_tensor_moved_out_of_a_scope_that_outlives_its_outer_one_goes_to_the_next_living_one()
    {
        using var outermost = NewDisposeScope();
        var middle = NewDisposeScope();
        var inner = NewDisposeScope();
        middle.Dispose();
        var moved = ones(2).MoveToOuterDisposeScope();
        inner.Dispose();

        Assert.False(moved.IsInvalid);
        Assert.True(outermost.Contains(moved));
    }

    [Fact]
    public void A_scope_sees_only_its_own_thread()
    {
        Tensor? other = null;
        var contained = true;
        using (var scope = NewDisposeScope())
        {
            var thread = new Thread(() =>
            {
                other = ones(2);
                contained = scope.Contains(other);
            });
            thread.Start();
            thread.Join();
        }

        Assert.False(contained);
        Assert.False(other!.IsInvalid);
        other.Dispose();
    }

    [Fact]
    public void The_finaliser_frees_a_tensor_that_nobody_holds()
    {
        var count = LivingTensors.Count();
        // The thread's end leaves no register or stack slot that could still hold the tensors.
        var thread = new Thread(() =>
        {
            for (var i = 0; i < 100; i++)
                _ = ones(2);
        });
        thread.Start();
        thread.Join();
        Assert.True(Tensor.TotalCount > count);

        Assert.Equal(count, LivingTensors.Count());
    }

    [Fact]
    public void Statistics_tell_what_a_thread_made_and_freed()
    {
        var statistics = TorchSharp.DisposeScopeManager.Statistics.TensorStatistics;
        statistics.Reset();
        using (var outside = ones(2))
        using (NewDisposeScope())
        {
            var inside = outside + 1;
            inside.Dispose();
            inside.Dispose();
            using var detached = (outside * 2).DetachFromDisposeScope();
            _ = outside * 3;
        }

        Assert.Equal((3, 1, 2, 2), (statistics.CreatedInScopeCount, statistics.CreatedOutsideScopeCount, statistics.DisposedInScopeCount, statistics.DisposedOutsideScopeCount));
    }
}
