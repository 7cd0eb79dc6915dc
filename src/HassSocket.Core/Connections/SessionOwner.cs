using HassSocket.Sessions;
using HassSocket.Streams;
using HassSocket.Subscriptions;
using Microsoft.Extensions.Logging;

namespace HassSocket.Connections;

/// <summary>Hears what sessions tell, and passes it to the one it concerns.</summary>
internal sealed partial class SessionOwner : ISessionOwner
{
    private readonly SubscriptionRegistry _registry;
    private readonly Feed<TrafficWarning> _warnings;
    private readonly ILogger _log;

    public SessionOwner(SubscriptionRegistry registry, Feed<TrafficWarning> warnings, ILogger log)
    {
        (_registry, _warnings, _log) = (registry, warnings, log);
        registry.Left = () => Handover?.Pulse();
    }

    public bool HoldsWide => _registry.HoldsWide;

    /// <summary>The switch that sessions leave by; set once, before the first session.</summary>
    public ReadySwitch? Switch { get; set; }

    /// <summary>The handover of the current life.</summary>
    public Handover? Handover { get; set; }

    public void OnEnded(Session session, SessionEnd end) => Switch!.Close(session, end);

    public void OnSubscribed(Route route)
    {
        _registry.OnSubscribed(route);
        Handover?.Pulse();
    }

    public void OnRefused(Route route, HassSocketException refusal)
    {
        _registry.OnRefused(route, refusal);
        Handover?.Pulse();
    }

    public void OnUnsubscribed(Route route)
    {
        _registry.OnUnsubscribed(route);
        Handover?.Pulse();
    }

    public void OnNotice(Session session) => Handover?.Begin(session);

    public void OnTrafficWarning(TrafficWarning warning)
    {
        var busiest = string.Join(", ", warning.BusiestCommands.Select(pair => $"{pair.Key} ({pair.Value:N0})"));
        LogTraffic(warning.Rate, warning.Threshold, busiest);
        _warnings.Publish(warning);
    }

    [LoggerMessage(60, LogLevel.Warning, "{Rate:0.#} messages a second are sent, more than {Threshold:0.#} (SocketWarnRequestsPerSec). Most were: {Busiest}. Said once an episode.")]
    private partial void LogTraffic(double rate, double threshold, string busiest);
}
