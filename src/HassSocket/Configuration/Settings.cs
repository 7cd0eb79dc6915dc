using Microsoft.Extensions.Configuration;
using O = HassSocket.HassSocketOptions;

namespace HassSocket.Configuration;

/// <summary>Everything that a configuration section may hold; a test keeps it complete.</summary>
/// <remarks>
/// A table instead of the configuration-binding generator: that one follows <see cref="TlsOptions"/> into the types of certificates,
/// for which it writes code that does not compile without warnings, and it reads <c>"5"</c> as five days.
/// </remarks>
internal static class Settings
{
    public static readonly Setting[] All =
    [
        Setting.Text(nameof(O.Name), (o, v) => o.Name = v),
        Setting.Text(nameof(O.BaseUrl), (o, v) => o.BaseUrl = v),
        Setting.Text(nameof(O.WebSocketUrl), (o, v) => o.WebSocketUrl = v),
        Setting.Text(nameof(O.Token), (o, v) => o.Token = v),
        Setting.Switch(nameof(O.AutoConnectSocket), (o, v) => o.AutoConnectSocket = v),
        Setting.Switch(nameof(O.WaitForReadyOnStart), (o, v) => o.WaitForReadyOnStart = v),
        Setting.Switch(nameof(O.StopHostOnCrash), (o, v) => o.StopHostOnCrash = v),
        Setting.Switch(nameof(O.Compression), (o, v) => o.Compression = v),
        Setting.Switch(nameof(O.OpenOnDemand), (o, v) => o.OpenOnDemand = v),
        Setting.Time(nameof(O.RetryInterval), (o, v) => o.RetryInterval = v),
        Setting.Time(nameof(O.MaxRetryInterval), (o, v) => o.MaxRetryInterval = v),
        Setting.Time(nameof(O.StableAfter), (o, v) => o.StableAfter = v),
        Setting.Time(nameof(O.ConnectTimeout), (o, v) => o.ConnectTimeout = v),
        Setting.Time(nameof(O.HandshakeTimeout), (o, v) => o.HandshakeTimeout = v),
        Setting.Time(nameof(O.ExpectResponseAfter), (o, v) => o.ExpectResponseAfter = v),
        Setting.Time(nameof(O.WaitForReady), (o, v) => o.WaitForReady = v),
        Setting.Time(nameof(O.StartTimeout), (o, v) => o.StartTimeout = v),
        Setting.Time(nameof(O.PingInterval), (o, v) => o.PingInterval = v),
        Setting.Time(nameof(O.PongTimeout), (o, v) => o.PongTimeout = v),
        Setting.Time(nameof(O.SocketAvgDuration), (o, v) => o.SocketAvgDuration = v),
        Setting.Time(nameof(O.IdleCloseAfter), (o, v) => o.IdleCloseAfter = v),
        Setting.Whole(nameof(O.MaxWaitingCommands), (o, v) => o.MaxWaitingCommands = v),
        Setting.Whole(nameof(O.MaxInFlight), (o, v) => o.MaxInFlight = v),
        Setting.Whole(nameof(O.MaxMessageBytes), (o, v) => o.MaxMessageBytes = v),
        Setting.Number(nameof(O.SocketWarnRequestsPerSec), (o, v) => o.SocketWarnRequestsPerSec = v),
        Setting.Number(nameof(O.SocketCrashRequestsPerSec), (o, v) => o.SocketCrashRequestsPerSec = v),
        Setting.Choice<WhenUnavailable>(nameof(O.WhenDisconnected), (o, v) => o.WhenDisconnected = v),
        Setting.Choice<WhenUnavailable>(nameof(O.WhenPaused), (o, v) => o.WhenPaused = v),
        Setting.Choice<BatchCommands>(nameof(O.BatchCommands), (o, v) => o.BatchCommands = v),
        new(nameof(O.Tls), ApplyTls),
    ];

    private static readonly Setting AcceptAny =
        Setting.Switch(nameof(TlsOptions.DangerouslyAcceptAnyCertificate), (o, v) => o.Tls.DangerouslyAcceptAnyCertificate = v);

    private static string? ApplyTls(O options, IConfigurationSection section)
    {
        foreach (var pin in section.GetSection(nameof(TlsOptions.PinnedPublicKeys)).GetChildren())
        {
            if (!string.IsNullOrWhiteSpace(pin.Value)) options.Tls.PinnedPublicKeys.Add(pin.Value.Trim());
        }

        return AcceptAny.Apply(options, section.GetSection(AcceptAny.Name));
    }
}
