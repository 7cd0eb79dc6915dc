using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace HassSocket.Live;

/// <summary>Keeps what a stream brings until it is asked for.</summary>
internal sealed class Heard<T> : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<T> _items = Channel.CreateUnbounded<T>();
    private readonly CancellationTokenSource _end = new();
    private readonly LiveStream<T> _stream;
    private readonly Task _pump;

    private Heard(LiveStream<T> stream)
    {
        _stream = stream.With(new StreamOptions { Policy = OverflowPolicy.Lossless });
        _pump = PumpAsync();
    }

    public SubscriptionStatus Status => _stream.Status;

    /// <summary>Listens, and returns when the server has agreed.</summary>
    /// <exception cref="HassCommandException">The server has refused.</exception>
    public static async Task<Heard<T>> ListenAsync(LiveStream<T> stream, CancellationToken cancellationToken)
    {
        var heard = new Heard<T>(stream);
        try
        {
            await heard.UntilAsync(status => status.State == SubscriptionState.Active, cancellationToken);
            return heard;
        }
        catch
        {
            await heard.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a status of the subscription.</summary>
    public async Task<SubscriptionStatus> UntilAsync(
        Func<SubscriptionStatus, bool> isReached, CancellationToken cancellationToken, TimeSpan? patience = null,
        [CallerArgumentExpression(nameof(isReached))] string what = "")
    {
        var reached = _stream.StatusChanges.Where(status => isReached(status) || status.State == SubscriptionState.Refused).FirstAsync();
        var status = await Within(token => reached.ToTask(token), what, patience, cancellationToken);
        return status.State == SubscriptionState.Refused && !isReached(status) ? throw status.Error! : status;
    }

    /// <summary>Waits for an item; those before it are thrown away.</summary>
    public Task<T> NextAsync(
        Func<T, bool> isIt, CancellationToken cancellationToken, TimeSpan? patience = null, [CallerArgumentExpression(nameof(isIt))] string what = "")
    {
        return Within(ReadAsync, what, patience, cancellationToken);

        async Task<T> ReadAsync(CancellationToken token)
        {
            while (true)
            {
                var item = await _items.Reader.ReadAsync(token);
                if (isIt(item)) return item;
            }
        }
    }

    /// <summary>Waits for the next item, whatever it is.</summary>
    public Task<T> NextAsync(CancellationToken cancellationToken) => NextAsync(_ => true, cancellationToken, what: "another item");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _pump;
        _end.Dispose();
    }

    private static async Task<TResult> Within<TResult>(
        Func<CancellationToken, Task<TResult>> work, string what, TimeSpan? patience, CancellationToken cancellationToken)
    {
        var limit = patience ?? Patience;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        either.CancelAfter(limit);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CheckFailedException($"waited {limit.TotalSeconds:0} s in vain for {what}");
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var item in _stream.ReadAllAsync(_end.Token)) _items.Writer.TryWrite(item);
            _items.Writer.TryComplete();
        }
        catch (Exception ended)
        {
            _items.Writer.TryComplete(ended);
        }
    }
}
