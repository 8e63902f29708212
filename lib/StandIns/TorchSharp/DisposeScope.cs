namespace TorchSharp;

/// <summary>Disposes, when it ends, every tensor that its thread made since it began and that was not moved out or detached.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? current;

    private readonly HashSet<IDisposable> disposables = new(ReferenceEqualityComparer.Instance);
    private readonly DisposeScope? outer;
    private bool disposed;

    internal DisposeScope()
    {
        outer = current;
        current = this;
    }

    public int DisposablesCount => disposables.Count;

    public IReadOnlyList<IDisposable> DisposablesView => [.. disposables];

    internal static DisposeScope? Register(torch.Tensor tensor)
    {
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        if (current is null)
        {
            statistics.CreatedOutsideScopeCount++;
            return null;
        }

        statistics.CreatedInScopeCount++;
        current.disposables.Add(tensor);
        return current;
    }

    public bool Contains(IDisposable disposable) => disposables.Contains(disposable);

    public void Attach(IDisposable disposable) => Own(disposable, this);

    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Own(disposable, null);
        return disposable;
    }

    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        Own(disposable, LivingOuter());
        return disposable;
    }

    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        Own(disposable, scope);
        return disposable;
    }

    public void MarkAsDisposed(IDisposable disposable) => disposables.Remove(disposable);

    public void DisposeEverything()
    {
        var all = disposables.ToArray();
        disposables.Clear();
        foreach (var disposable in all)
            disposable.Dispose();
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        DisposeEverything();
        // Scopes end in the reverse order of their beginning; one that ends out of order is taken out of the row.
        if (ReferenceEquals(current, this))
            current = LivingOuter();
    }

    internal static void Own(IDisposable disposable, DisposeScope? owner)
    {
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope?.disposables.Remove(tensor);
            tensor.OwningDisposeScope = owner;
        }

        owner?.disposables.Add(disposable);
    }

    private DisposeScope? LivingOuter()
    {
        var scope = outer;
        while (scope is { disposed: true })
            scope = scope.outer;
        return scope;
    }
}
