using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using HassSocket.Core.Tests.Support;
using HassSocket.Testing;

namespace HassSocket.Tests.Faults;

/// <summary>Every way in which connecting fails.</summary>
internal static class DialFaults
{
    private static readonly X509Certificate2 Root = TestCertificates.Authority("Trusted");
    private static readonly X509Certificate2 Good = TestCertificates.Leaf(Root, "127.0.0.1");
    private static readonly X509Certificate2 WrongHost = TestCertificates.Leaf(Root, "elsewhere.example");
    private static readonly X509Certificate2 Untrusted = TestCertificates.Leaf(TestCertificates.Authority("Stranger"), "127.0.0.1");

    /// <summary>All of them, made anew: what one test heals stays broken for the next.</summary>
    public static IReadOnlyList<DialFault> All =>
    [
        new("nobody listens", EndReason.Refused, "Is the server running, and are address and port right?")
        {
            Strike = home => home.Proxy.IsListening = false,
            Heal = home => home.Proxy.IsListening = true,
        },
        Answering("a proxy whose server is gone hangs up", DialAnswer.HangUp, EndReason.ConnectionLost, "hung up without an answer"),
        Answering("the connection is reset", DialAnswer.Reset, EndReason.ConnectionLost, "hung up without an answer"),
        Answering("something else listens there", DialAnswer.Gibberish, EndReason.ProtocolViolation, "does not speak HTTP there"),
        Answering("it takes the connection and says nothing", DialAnswer.Silence, EndReason.ConnectTimeout, "ConnectTimeout") with
        {
            Within = TimeSpan.FromSeconds(10),
        },
        Status(HttpStatusCode.MovedPermanently, "Redirects are not followed, because the token"),
        Status(HttpStatusCode.Unauthorized, "it wants credentials for the upgrade itself") with { IsSlow = true },
        Status(HttpStatusCode.Forbidden, "Was its address banned after failed logins") with { IsSlow = true },
        Status(HttpStatusCode.NotFound, "Is it the right path, or base path") with { IsSlow = true },
        Status(HttpStatusCode.BadGateway, "a proxy answers, but the server behind it does not yet"),
        Status(HttpStatusCode.ServiceUnavailable, "a proxy answers, but the server behind it does not yet"),
        Tls("its certificate is signed by nobody we trust", Untrusted, "is not trusted"),
        Tls("its certificate is for another name", WrongHost, "is not trusted"),
        Tls("its key is not the pinned one", Untrusted, "is not trusted") with
        {
            Options = options => options.Tls.PinnedPublicKeys.Add(TestCertificates.Pin(Good)),
        },
        new("the login is not answered", EndReason.HandshakeTimeout, "HandshakeTimeout")
        {
            Strike = home => home.House.Faults.HoldAuth = true,
            Heal = home => home.House.Faults.HoldAuth = false,
            During = ConnectionState.Authenticating,
            Within = TimeSpan.FromSeconds(10),
        },
    ];

    private static DialFault Answering(string name, DialAnswer answer, EndReason reason, string says) => new(name, reason, says)
    {
        Strike = home => home.Proxy.Answer = answer,
    };

    private static DialFault Status(HttpStatusCode status, string says) => Answering(
        $"the upgrade is answered with HTTP {(int)status}",
        DialAnswer.Status(status, status == HttpStatusCode.MovedPermanently ? new Uri("http://127.0.0.1:9/login") : null),
        EndReason.HttpStatus,
        says);

    private static DialFault Tls(string name, X509Certificate2 bad, string says)
    {
        var shown = bad;
        return new DialFault(name, EndReason.Tls, says)
        {
            Options = options => options.Tls.ExtraAuthorities.Add(Root),
            Tls = new SslServerAuthenticationOptions { ServerCertificateSelectionCallback = (_, _) => shown },
            Heal = _ => shown = Good,
        };
    }
}
