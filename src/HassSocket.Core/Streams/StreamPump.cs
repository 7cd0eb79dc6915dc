using Microsoft.Extensions.Logging;

namespace HassSocket.Streams;

/// <summary>Carries items from a mailbox to user code, one at a time and in order; catches what user code throws.</summary>
/// <typeparam name="T">What the consumer receives.</typeparam>
internal sealed partial class StreamPump<T>(StreamConsumer consumer, SubscriptionSource<T> source, ILogger log)
{
    private readonly ILogger _log = log;
    private readonly ItemLoan? _loan = source.IsPooled ? new ItemLoan() : null;

    /// <summary>Carries items to an observer until the stream ends or the consumer leaves.</summary>
    public async Task RunAsync(IObserver<T> observer)
    {
        var mailbox = consumer.Mailbox;
        while (await WaitAsync().ConfigureAwait(false))
        {
            while (TryNext(out var value)) Guard(static (o, v) => o.OnNext(v!), observer, value);
        }

        if (!mailbox.IsCompleted) return;
        if (mailbox.Error is { } error) Guard(static (o, e) => o.OnError(e), observer, error);
        else Guard(static (o, _) => o.OnCompleted(), observer, 0);
    }

    /// <summary>Carries items to a handler: the next one waits for its task.</summary>
    public async Task RunAsync(Func<T, CancellationToken, Task> handler, CancellationToken cancellationToken)
    {
        while (await WaitAsync().ConfigureAwait(false))
        {
            while (TryBorrow(out var value))
            {
                try
                {
                    await handler(value!, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception failure)
                {
                    Report(failure, cancellationToken.IsCancellationRequested);
                }
                finally
                {
                    EndLoan();
                }
            }
        }

        if (consumer.Mailbox is { IsCompleted: true, Error: { } error }) LogStreamFailed(source.Name, error);
    }

    /// <summary>Waits for something to take; an empty mailbox is where an episode of drops ends.</summary>
    public ValueTask<bool> WaitAsync()
    {
        if (consumer.Mailbox.Depth == 0) consumer.NoteDrained();
        return consumer.Mailbox.WaitAsync();
    }

    /// <summary>Takes the next item that can be read; those that cannot are counted, told, and skipped.</summary>
    public bool TryNext(out T? value)
    {
        while (consumer.Mailbox.TryTake(out var item))
        {
            var isReadable = item.TryRead(source, out value, out var problem, out var isNews);
            item.Release();
            if (!isReadable)
            {
                if (isNews) LogUnreadable(source.Name, typeof(T).Name, problem!.Message);
                consumer.Status.Unreadable(problem!.Message);
            }
            else if (!consumer.Mailbox.IsClosed)
            {
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The same for one who says with <see cref="EndLoan"/> when it is done with the item: memory may be on loan until then.</summary>
    public bool TryBorrow(out T? value)
    {
        if (_loan is null) return TryNext(out value);
        value = default;
        if (!consumer.Mailbox.TryTake(out var item)) return false;
        value = source.Lend(item, _loan);
        return true;
    }

    public void EndLoan() => _loan?.End();

    private void Guard<TObserver, TValue>(Action<TObserver, TValue> call, TObserver observer, TValue value)
    {
        try
        {
            call(observer, value);
        }
        catch (Exception failure)
        {
            Report(failure, isLeaving: false);
        }
    }

    private void Report(Exception failure, bool isLeaving)
    {
        if (isLeaving && failure is OperationCanceledException) return;
        LogConsumerFailed(source.Name, failure);
    }
}
