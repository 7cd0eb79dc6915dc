using HassSocket.Diagnostics;
using HassSocket.Subscriptions;
using Microsoft.Extensions.Logging;

namespace HassSocket.Streams;

/// <summary>What the streams of one connection work with.</summary>
internal sealed record StreamContext(SubscriptionRegistry Registry, TimeProvider Time, Telemetry Telemetry, ILogger Log);
