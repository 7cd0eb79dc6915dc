using HassSocket.Configuration;
using HassSocket.Dialect;
using Microsoft.Extensions.Options;

namespace HassSocket;

/// <summary>Which house to talk to, with which credentials, and how the socket behaves.</summary>
/// <remarks>
/// Set <see cref="BaseUrl"/> and <see cref="Token"/>; everything else has a default. The options are validated when the client is
/// made or the host starts, and copied once: later changes have no effect, except that a <see cref="Token"/> from configuration is
/// followed when the configuration is reloaded.
/// </remarks>
public sealed class HassSocketOptions : ConnectionOptions
{
    /// <summary>The address of Home Assistant, as the browser shows it, without the page.</summary>
    /// <value>
    /// Default: <see langword="null"/>. <c>http</c>, <c>https</c>, <c>ws</c> and <c>wss</c> are taken, with port, base path and IPv6
    /// literal; <c>/api/websocket</c> is added unless the path already ends in a WebSocket address. Without a scheme
    /// (<c>homeassistant.local:8123</c>) a local address is taken as <c>http</c>. The port is the scheme's own (80, 443) unless the
    /// address names one: 8123 is never assumed, since new installations of Home Assistant OS listen on 80.
    /// </value>
    public string? BaseUrl { get; set; }

    /// <summary>The whole address of the WebSocket, taken as it is; overrides <see cref="BaseUrl"/>.</summary>
    /// <value>Default: <see langword="null"/>, made from <see cref="BaseUrl"/>.</value>
    public string? WebSocketUrl { get; set; }

    /// <summary>A long-lived access token, from the Security tab of a Home Assistant profile; space around it is ignored.</summary>
    /// <value>Default: <see langword="null"/>. Either this or <see cref="TokenProvider"/>.</value>
    public string? Token { get; set; }

    /// <summary>Where tokens come from when they are not fixed: asked before each dial, and once more when one was rejected.</summary>
    /// <value>Default: <see langword="null"/>. Not read from configuration.</value>
    public ITokenProvider? TokenProvider { get; set; }

    /// <summary>Whether a hosted application connects when it starts; otherwise <c>StartAsync</c> is yours to call.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AutoConnectSocket { get; set; } = true;

    /// <summary>How long <c>HassSocketClient.ConnectAsync</c> tries before it gives up; not used in a host, which tries for ever.</summary>
    /// <value>Default: 30 s; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</value>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a hosted application waits with its start until the socket is ready; rejected credentials then fail the start.</summary>
    /// <value>Default: <see langword="false"/>: connecting does not delay the start.</value>
    public bool WaitForReadyOnStart { get; set; }

    /// <summary>Whether a hosted application stops, with exit code 1, when <see cref="ConnectionOptions.SocketCrashRequestsPerSec"/> is exceeded.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool StopHostOnCrash { get; set; } = true;

    /// <summary>Makes options from the environment: see <see cref="UseEnvironment()"/>.</summary>
    /// <exception cref="InvalidOperationException">A variable is missing; the message names it.</exception>
    public static HassSocketOptions FromEnvironment() => new HassSocketOptions().UseEnvironment();

    /// <summary>
    /// Takes address and token from the variables <c>HASS_SERVER</c> and <c>HASS_TOKEN</c>; inside a Home Assistant add-on, where
    /// neither is set, from <c>SUPERVISOR_TOKEN</c> with the Supervisor's address <c>ws://supervisor/core/websocket</c>.
    /// </summary>
    /// <returns>These options.</returns>
    /// <exception cref="InvalidOperationException">A variable is missing; the message names it.</exception>
    public HassSocketOptions UseEnvironment() => UseEnvironment(Environment.GetEnvironmentVariable);

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => base.Validate().Concat(HassSocketOptionsRules.Check(this));

    internal HassSocketOptions UseEnvironment(Func<string, string?> variable)
    {
        EnvironmentVariables.Apply(this, variable);
        return this;
    }

    internal HassSocketOptions Snapshot() => (HassSocketOptions)Copy();

    /// <summary>Copies options that keep the rules.</summary>
    /// <exception cref="OptionsValidationException">They break some; each is told.</exception>
    internal HassSocketOptions ValidSnapshot()
    {
        var snapshot = Snapshot();
        var problems = snapshot.Validate().ToArray();
        return problems.Length == 0 ? snapshot : throw new OptionsValidationException(Name ?? "", typeof(HassSocketOptions), problems);
    }

    /// <summary>Makes the dialect that speaks to the house of these valid options.</summary>
    internal HomeAssistantDialect CreateDialect()
    {
        var endpoint = HassEndpoint.Of(this);
        var upgrade = new UpgradeRequest(endpoint.Url) { Tls = Tls, Compression = Compression };
        return new HomeAssistantDialect(upgrade, TokenProvider ?? new FixedToken(Token!), endpoint.IsSupervisorProxy);
    }
}
