using System.Runtime.CompilerServices;

namespace HassSocket.Streams;

/// <summary>The live stream over a subscription of the registry.</summary>
/// <typeparam name="T">What consumers receive.</typeparam>
internal sealed class SubscriptionStream<T>(SubscriptionSource<T> source, StreamOptions options, StreamContext context) : LiveStream<T>
{
    private readonly StreamStatus _status = new(context.Registry.LogObserverFailed);

    public override SubscriptionStatus Status => _status.Current;

    public override IObservable<SubscriptionStatus> StatusChanges => _status.Changes;

    public override LiveStream<T> With(StreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        StreamOptionsRules.Check(options);
        return new SubscriptionStream<T>(source, options, context);
    }

    public override IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var consumer = Join();
        Run(pump => pump.RunAsync(observer), consumer);
        return new Membership(context.Registry, consumer);
    }

    public override IAsyncDisposable SubscribeAsync(Func<T, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var consumer = Join();
        var membership = new HandlerMembership(context.Registry, consumer);
        membership.Pump = Run(pump => membership.RunAsync(token => pump.RunAsync(handler, token)), consumer);
        return membership;
    }

    public override async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var consumer = Join();
        using var membership = new Membership(context.Registry, consumer);
        using var cancel = cancellationToken.UnsafeRegister(static state => ((Membership)state!).Dispose(), membership);
        var pump = new StreamPump<T>(consumer, source, context.Log);
        try
        {
            while (await pump.WaitAsync().ConfigureAwait(false))
            {
                while (!cancellationToken.IsCancellationRequested && pump.TryBorrow(out var value))
                {
                    yield return value!;
                    pump.EndLoan();
                }
            }
        }
        finally
        {
            // Who leaves the loop keeps nothing.
            pump.EndLoan();
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (consumer.Mailbox.Error is { } error) throw error;
    }

    private StreamConsumer Join()
    {
        var consumer = new StreamConsumer(source, options, _status, context);
        context.Registry.Join(consumer);
        return consumer;
    }

    // A pump lives long: it must not carry the execution context of whoever happened to subscribe.
    private Task Run(Func<StreamPump<T>, Task> run, StreamConsumer consumer)
    {
        if (ExecutionContext.IsFlowSuppressed()) return Task.Run(PumpAsync);
        using var flow = ExecutionContext.SuppressFlow();
        return Task.Run(PumpAsync);

        async Task PumpAsync()
        {
            await run(new StreamPump<T>(consumer, source, context.Log)).ConfigureAwait(false);
            // A stream that has ended for this consumer, as after an overflow, needs nothing of the server any more.
            context.Registry.Leave(consumer);
        }
    }
}
