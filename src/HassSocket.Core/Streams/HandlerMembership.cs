using HassSocket.Subscriptions;

namespace HassSocket.Streams;

/// <summary>The handle of an asynchronous handler: disposing it waits for the call that runs, unless it comes from within that call.</summary>
internal sealed class HandlerMembership(SubscriptionRegistry registry, StreamConsumer consumer) : IAsyncDisposable
{
    private readonly AsyncLocal<bool> _isWithin = new();
    private readonly CancellationTokenSource _leaving = new();
    private int _isOver;

    public Task Pump { get; set; } = Task.CompletedTask;

    public async Task RunAsync(Func<CancellationToken, Task> run)
    {
        _isWithin.Value = true;
        await run(_leaving.Token).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Interlocked.Exchange(ref _isOver, 1) != 0) return;
            registry.Leave(consumer);
            await _leaving.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            // A handler that disposes its own subscription would wait for itself for ever.
            if (!_isWithin.Value) await Pump.ConfigureAwait(false);
        }
    }
}
