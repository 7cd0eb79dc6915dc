using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace HassSocket.Transport;

/// <summary>Turns a failed attempt to connect into a reason and a sentence that a person can act on.</summary>
internal sealed class ConnectFailure
{
    private const string MissingPrivateKey =
        "TlsOptions.ClientCertificate has no private key, so it cannot be shown to a server; load it together with its key.";

    private readonly UpgradeRequest _request;
    private readonly ClientWebSocket _socket;
    private readonly CertificateJudge _judge;
    private readonly Exception _exception;

    public ConnectFailure(UpgradeRequest request, ClientWebSocket socket, CertificateJudge judge, Exception exception)
    {
        _request = request;
        _socket = socket;
        _judge = judge;
        _exception = exception;
    }

    // Without user name, query and fragment: they may carry secrets.
    private string Address => $"{Url.Scheme}://{Host}{Url.AbsolutePath}";

    private string Host => $"{Url.Host}:{Url.Port}";

    private Uri Url => _request.Url;

    private bool IsSecure => Url.Scheme == Uri.UriSchemeWss;

    public NotConnectedException Explain()
    {
        var status = _socket.HttpStatusCode;
        if (status is not 0 and not HttpStatusCode.SwitchingProtocols)
        {
            var message = $"{Address} answered HTTP {(int)status}: {HttpRefusal.Explain(status, Url, Header("Location"))}";
            return new NotConnectedException(message, EndReason.HttpStatus, _exception) { HttpStatus = status };
        }

        var (reason, sentence) = ExplainWithoutStatus(status);
        return new NotConnectedException(sentence, reason, _exception);
    }

    private (EndReason, string) ExplainWithoutStatus(HttpStatusCode status)
    {
        if (_request.Tls?.ClientCertificate is { HasPrivateKey: false }) return (EndReason.Tls, MissingPrivateKey);
        var error = Find<HttpRequestException>()?.HttpRequestError;
        if (error == HttpRequestError.NameResolutionError) return (EndReason.NameResolution, ExplainName());
        if (error == HttpRequestError.ConnectionError && Find<SocketException>() is { } network)
            return (EndReason.Refused, ExplainNetwork(network));
        if (error == HttpRequestError.ProxyTunnelError)
            return (EndReason.Refused, $"The proxy of this machine gives no way to {Host}: {Innermost}");
        if (_judge.Problem is { } problem) return (EndReason.Tls, $"{Host} is not trusted: {problem}.");
        if (error == HttpRequestError.SecureConnectionError || Find<AuthenticationException>() is not null)
            return (EndReason.Tls, ExplainTls());
        return ExplainUpgrade(status, error);
    }

    private (EndReason, string) ExplainUpgrade(HttpStatusCode status, HttpRequestError? error)
    {
        if (status == HttpStatusCode.SwitchingProtocols)
        {
            return (EndReason.ProtocolViolation,
                $"{Address} agreed to a WebSocket, but not in the right way: {_exception.Message} Is there a broken proxy in between?");
        }

        if (error == HttpRequestError.InvalidResponse)
            return (EndReason.ProtocolViolation, $"{Host} does not speak HTTP there. {ExplainScheme()}");
        if (error is not null || Find<IOException>() is not null)
            return (EndReason.ConnectionLost, $"{Host} hung up without an answer ({Innermost}). It may be starting. {ExplainScheme()}");
        return (EndReason.ConnectionLost, $"The attempt to connect to {Address} failed: {Innermost}");
    }

    private string ExplainName()
    {
        var hint = Url.Host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
            ? "Names that end in .local are found by mDNS, which containers and many systems do not speak; " +
              "use the IP address, or a name that your DNS server knows."
            : "Is it spelled right, and is the network up?";
        return $"The name {Url.Host} could not be resolved ({Innermost}). {hint}";
    }

    private string ExplainNetwork(SocketException network) => network.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => $"Nothing listens at {Host}. Is the server running, and are address and port right?",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown =>
            $"There is no way to {Host} ({network.Message}). Is this machine in the right network, and is the server switched on?",
        SocketError.TimedOut =>
            $"{Host} does not answer ({network.Message}). Is the server switched on, and does a firewall stand in between?",
        _ => $"{Host} cannot be reached: {network.Message}",
    };

    private string ExplainTls() =>
        $"TLS with {Host} failed: {Innermost} If that port does not speak TLS, use ws (http) instead of wss (https); " +
        "if the server asks for a certificate of ours, set TlsOptions.ClientCertificate.";

    private string ExplainScheme() => IsSecure
        ? "If it asks for a certificate of ours, set TlsOptions.ClientCertificate."
        : "If that port speaks TLS, use wss (https) instead of ws (http).";

    private string Innermost => _exception.GetBaseException().Message;

    private string? Header(string name) =>
        _socket.HttpResponseHeaders?.TryGetValue(name, out var values) is true ? values.FirstOrDefault() : null;

    private T? Find<T>() where T : Exception
    {
        for (var exception = _exception; exception is not null; exception = exception.InnerException)
            if (exception is T found) return found;
        return null;
    }
}
