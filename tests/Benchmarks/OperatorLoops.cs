using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>Small operators, called again and again through TorchSharp; those of native/operators.cpp.</summary>
internal sealed class OperatorLoops : IDisposable
{
    // As many results as a part of a training step leaves to its scope.
    private const int CallsPerScope = 50;

    private readonly DisposeScope _scope = NewDisposeScope();

    /// <summary>Nanoseconds of a call, by the operator's name.</summary>
    /// <param name="calls">Calls of each operator.</param>
    public IEnumerable<(string Name, double Nanoseconds)> Run(int calls)
    {
        set_num_threads(1);
        var (x, y, weight, bias) = (rand(8, 8), rand(8, 8), rand(8), rand(8));
        yield return ("add", Time(() => x.add(y)));
        yield return ("mul-number", Time(() => x.mul(1.5)));
        yield return ("relu", Time(() => x.relu()));
        yield return ("matmul", Time(() => x.matmul(y)));
        yield return ("softmax", Time(() => x.softmax(-1)));
        yield return ("layer-norm", Time(() => nn.functional.layer_norm(x, [8], weight, bias, 1e-6)));
        yield return ("sum", Time(() => x.sum(1)));
        yield return ("view", Time(() => x.view(64)));
        yield return ("transpose", Time(() => x.transpose(0, 1)));
        yield return ("cat", Time(() => cat([x, y], 0)));
        yield return ("mul_-number", Time(() => x.mul_(1.0)));
        yield return ("addcmul_", Time(() => x.addcmul_(y, y, 0.0)));

        double Time(Func<Tensor> call)
        {
            Repeat(call, calls / 10);
            var start = Stopwatch.GetTimestamp();
            Repeat(call, calls);
            return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
        }
    }

    public void Dispose() => _scope.Dispose();

    private static void Repeat(Func<Tensor> call, int calls)
    {
        for (var done = 0; done < calls; done += CallsPerScope)
        {
            using var scope = NewDisposeScope();
            for (var i = 0; i < CallsPerScope; i++)
                _ = call();
        }
    }
}
