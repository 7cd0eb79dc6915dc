using HassSocket.Sessions;
using HassSocket.Streams;
using HassSocket.Subscriptions;
using Microsoft.Extensions.Logging;

namespace HassSocket.Connections;

/// <summary>Hears what sessions tell, and passes it to the one it concerns.</summary>
internal sealed partial class SessionOwner(SubscriptionRegistry registry, Feed<TrafficWarning> warnings, ILogger log) : ISessionOwner
{
    private readonly ILogger _log = log;

    public bool HoldsWide => registry.HoldsWide;

    /// <summary>The switch that sessions leave by; set once, before the first session.</summary>
    public ReadySwitch? Switch { get; set; }

    /// <summary>The handover of the current life.</summary>
    public Handover? Handover { get; set; }

    public void OnEnded(Session session, SessionEnd end) => Switch!.Close(session, end);

    public void OnSubscribed(Route route)
    {
        registry.OnSubscribed(route);
        Handover?.Pulse();
    }

    public void OnRefused(Route route, HassSocketException refusal)
    {
        registry.OnRefused(route, refusal);
        Handover?.Pulse();
    }

    public void OnUnsubscribed(Route route)
    {
        registry.OnUnsubscribed(route);
        Handover?.Pulse();
    }

    public void OnNotice(Session session) => Handover?.Begin(session);

    public void OnTrafficWarning(TrafficWarning warning)
    {
        var busiest = string.Join(", ", warning.BusiestCommands.Select(pair => $"{pair.Key} ({pair.Value:N0})"));
        LogTraffic(warning.Rate, warning.Threshold, busiest);
        warnings.Publish(warning);
    }

    [LoggerMessage(60, LogLevel.Warning, "{Rate:0.#} messages a second are sent, more than {Threshold:0.#} (SocketWarnRequestsPerSec). Most were: {Busiest}. Said once an episode.")]
    private partial void LogTraffic(double rate, double threshold, string busiest);
}
