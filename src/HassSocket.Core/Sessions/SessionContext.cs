using HassSocket.Sending;
using Microsoft.Extensions.Logging;

namespace HassSocket.Sessions;

/// <summary>What every session of one connection works with.</summary>
internal sealed record SessionContext(
    IDialect Dialect,
    ConnectionOptions Options,
    TimeProvider Time,
    SendGate Gate,
    TrafficMonitor Traffic,
    Diagnostics.Telemetry Telemetry,
    ISessionOwner Owner,
    ILogger Log)
{
    /// <summary>What earlier sessions have learned.</summary>
    public LearnedLimits Limits { get; } = new();
}
