namespace HassSocket;

/// <summary>A subscription as its consumers see it: asked for once, alive until it is disposed, across every reconnect.</summary>
/// <typeparam name="T">What consumers receive.</typeparam>
/// <remarks>
/// Cold to create: nothing is asked of the server before the first consumer comes, and the last one that leaves ends it there.
/// Each consumer has a mailbox of its own, so one that throws or blocks hurts only itself. A disconnect, a stop or a fault never
/// ends a stream; only a refusal for good, or an overflow under <see cref="OverflowPolicy.Fail"/> or
/// <see cref="OverflowPolicy.Lossless"/>, is an error. Never pass an <see langword="async"/> lambda to <c>Subscribe</c>: nobody
/// would await it; <see cref="SubscribeAsync"/> does.
/// </remarks>
public abstract class LiveStream<T> : IObservable<T>
{
    /// <summary>How the subscription stands now.</summary>
    public abstract SubscriptionStatus Status { get; }

    /// <summary>Every change of <see cref="Status"/>, gaps of reconnects, pauses and drops included; replays the latest.</summary>
    public abstract IObservable<SubscriptionStatus> StatusChanges { get; }

    /// <summary>The same stream with other options for the consumers that join through it.</summary>
    /// <param name="options">Capacity, policy, and a name for logs.</param>
    /// <exception cref="ArgumentException">The options contradict each other; the message says how.</exception>
    public abstract LiveStream<T> With(StreamOptions options);

    /// <summary>Reads the items one by one; leaving the loop ends this consumer.</summary>
    /// <param name="cancellationToken">Ends the loop with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="CommandFailedException">The server refused the subscription for good.</exception>
    /// <exception cref="StreamOverflowException">The mailbox was full, and its policy is to fail.</exception>
    public abstract IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellationToken = default);

    /// <summary>Hands the items to an observer, one at a time and in order, on a thread of the pool.</summary>
    /// <param name="observer">Takes the items; what it throws is logged and counted, and the next item comes all the same.</param>
    /// <returns>Ends this consumer when it is disposed; valid in every state, also offline.</returns>
    public abstract IDisposable Subscribe(IObserver<T> observer);

    /// <summary>Hands the items to a handler, one at a time and in order: the next one waits for its task.</summary>
    /// <param name="handler">Takes an item; what it throws is logged and counted. Its token is cancelled when the consumer is disposed.</param>
    /// <returns>Ends this consumer; disposing waits for the handler that runs, unless it is called from within it.</returns>
    public abstract IAsyncDisposable SubscribeAsync(Func<T, CancellationToken, Task> handler);
}
