using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HassSocket.DependencyInjection;

/// <summary>Says how one house is, in a sentence that never holds the token.</summary>
internal sealed class HassSocketHealthCheck(IHassSocket socket, Downtime downtime) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (status, description) = Judge(socket.State);
        if (status == HealthStatus.Unhealthy) status = context.Registration.FailureStatus;
        var data = new Dictionary<string, object> { ["state"] = socket.State.ToString(), ["down"] = downtime.Length };
        return Task.FromResult(new HealthCheckResult(status, description, data: data));
    }

    private (HealthStatus Status, string Description) Judge(ConnectionState state) => state switch
    {
        ConnectionState.Ready or ConnectionState.Idle when socket.PauseMessages => (HealthStatus.Degraded, "Connected, but messages are paused."),
        ConnectionState.Ready or ConnectionState.Idle => JudgeSubscriptions(state),
        ConnectionState.Stopped => (HealthStatus.Unhealthy, "Not started, or stopped."),
        ConnectionState.Faulted => (HealthStatus.Unhealthy, $"Gave up.{Why}"),
        _ when downtime.Length > Patience => (HealthStatus.Unhealthy, $"Not connected for {downtime.Length.TotalSeconds:0} s.{Why}"),
        _ => (HealthStatus.Degraded, $"Connecting.{Why}"),
    };

    private (HealthStatus Status, string Description) JudgeSubscriptions(ConnectionState state)
    {
        var waiting = (socket as IWaitingSubscriptions)?.WaitingSubscriptions ?? 0;
        if (waiting > 0)
            return (HealthStatus.Degraded, $"Connected, but Home Assistant cannot serve {waiting} subscription(s) yet; they are asked for again.");
        return (HealthStatus.Healthy, state == ConnectionState.Ready ? "Connected." : "Ready to connect when something needs it.");
    }

    private string Why => downtime.Latest?.Explanation is { } explanation ? " " + explanation : "";
}
