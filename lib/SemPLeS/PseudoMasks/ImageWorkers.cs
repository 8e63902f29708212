using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace SemPLeS.PseudoMasks;

/// <summary>Work on many pictures at once: one thread for each worker, one libtorch thread within it, which scales better than many threads on one picture.</summary>
internal static class ImageWorkers
{
    /// <summary>Calls <paramref name="body"/> once for each index.</summary>
    /// <param name="count">Indices 0 .. count - 1.</param>
    /// <param name="workers">Threads, at least 1.</param>
    /// <param name="body">Given the index and the worker's number; the first exception that it throws ends all workers and is thrown here.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static void Run(int count, int workers, Action<int, int> body, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var threadsBefore = get_num_threads();
        var next = -1;
        ExceptionDispatchInfo? failure = null;
        set_num_threads(1);
        try
        {
            var threads = Enumerable.Range(0, Math.Min(workers, Math.Max(1, count))).Select(worker => new Thread(() => Work(worker))).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        }
        finally
        {
            set_num_threads(threadsBefore);
        }

        failure?.Throw();
        cancellation.ThrowIfCancellationRequested();

        void Work(int worker)
        {
            try
            {
                int index;
                while (failure is null && !cancellation.IsCancellationRequested && (index = Interlocked.Increment(ref next)) < count)
                    body(index, worker);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
            }
        }
    }
}
