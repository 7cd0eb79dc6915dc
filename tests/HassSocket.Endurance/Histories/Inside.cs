using System.Runtime.CompilerServices;
using HassSocket.Sending;
using HassSocket.Subscriptions;

namespace HassSocket.Endurance.Histories;

/// <summary>What a client has inside, which no user sees: what waits, what is in flight, and what is routed.</summary>
internal sealed class Inside
{
    private readonly SubscriptionRegistry _registry;
    private readonly SendGate _gate;

    public Inside(HassSocketClient client)
    {
        var connection = ConnectionOf(client);
        _registry = RegistryOf(connection);
        _gate = GateOf(connection);
    }

    public int Waiting => _gate.Waiting;

    public int InFlight => _gate.OpenSession?.Pending.Calls ?? 0;

    public int Routes => _gate.OpenSession?.Routes.Count ?? 0;

    /// <summary>The session that is open, for whoever wants to know how long it lives.</summary>
    public object? Session => _gate.OpenSession;

    public int Wanted => _registry.Count;

    public long Unread => _registry.MailboxDepth;

    public override string ToString() => $"{Waiting} waiting, {InFlight} in flight, {Routes} routes, {Wanted} wanted, {Unread} unread";

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_connection")]
    private static extern ref Connection ConnectionOf(HassSocketClient client);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_registry")]
    private static extern ref SubscriptionRegistry RegistryOf(Connection connection);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_gate")]
    private static extern ref SendGate GateOf(Connection connection);
}
