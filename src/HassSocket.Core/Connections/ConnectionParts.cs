using HassSocket.Sessions;
using HassSocket.Streams;
using HassSocket.Subscriptions;

namespace HassSocket.Connections;

/// <summary>What survives every session of a connection.</summary>
internal sealed record ConnectionParts(
    SessionContext Context,
    SubscriptionRegistry Registry,
    StateFeed States,
    Feed<ConnectedSession> Sessions);
