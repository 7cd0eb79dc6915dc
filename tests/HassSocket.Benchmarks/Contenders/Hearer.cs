using HassSocket.Benchmarks.Load;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>An observer that reads, counts, and says when all has come.</summary>
internal sealed class Hearer<T>(int wanted, Hearer<T>.Reading read) : IObserver<T>
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Stopwatches> _first = new();
    private LoadHash _heard = new();

    /// <summary>Reads what was brought.</summary>
    public delegate void Reading(T item, ref LoadHash heard);

    public Task All => _all.Task;

    /// <summary>Begins when the first item has been read: for works whose beginning is not what is measured.</summary>
    public Task<Stopwatches> First => _first.Task;

    public LoadHash Heard => _heard;

    public void OnNext(T value)
    {
        read(value, ref _heard);
        if (_heard.Count > 0 && !_first.Task.IsCompleted) _first.SetResult(new Stopwatches());
        if (_heard.Count == wanted) _all.TrySetResult();
    }

    public void OnError(Exception error) => _all.TrySetException(error);

    public void OnCompleted() => _all.TrySetException(new InvalidOperationException("The stream has ended."));
}
