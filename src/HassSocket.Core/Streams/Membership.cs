using HassSocket.Subscriptions;

namespace HassSocket.Streams;

/// <summary>The handle of a consumer: disposing it ends its part in the subscription; twice is once.</summary>
internal sealed class Membership(SubscriptionRegistry registry, StreamConsumer consumer) : IDisposable
{
    private int _isOver;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0) registry.Leave(consumer);
    }
}
