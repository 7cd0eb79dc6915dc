using System.Net.Security;

namespace HassSocket.Tests.Faults;

/// <summary>One way in which connecting fails, and what its user sees of it.</summary>
/// <param name="Name">The fault, as the page names it.</param>
/// <param name="Reason">The reason that the state change gives.</param>
/// <param name="Says">What its sentence contains.</param>
internal sealed record DialFault(string Name, EndReason Reason, string Says)
{
    /// <summary>Arranges it before the client dials.</summary>
    public Action<FaultyHome> Strike { get; init; } = _ => { };

    /// <summary>Ends it.</summary>
    public Action<FaultyHome> Heal { get; init; } = home => home.Proxy.Answer = Testing.DialAnswer.Pass;

    /// <summary>What the client has to be set to for it.</summary>
    public Action<HassSocketOptions>? Options { get; init; }

    /// <summary>What the proxy shows to clients, where TLS is spoken.</summary>
    public SslServerAuthenticationOptions? Tls { get; init; }

    /// <summary>After how long, on the clock, the client gives the attempt up; zero is at once.</summary>
    public TimeSpan Within { get; init; }

    /// <summary>Where the client is when that time begins.</summary>
    public ConnectionState During { get; init; } = ConnectionState.Connecting;

    /// <summary>Whether the next attempt takes the longest wait.</summary>
    public bool IsSlow { get; init; }

    public override string ToString() => Name;

    /// <summary>Its row on the page.</summary>
    public string Row => $"| {Name} | `{Reason}` | … {Says} … | {Words.Span(Within)} | {(IsSlow ? "`MaxRetryInterval`" : "growing")} |";
}
