using Microsoft.Extensions.Logging;

namespace HassSocket.Transport;

internal sealed partial class WebSocketTransportFactory
{
    [LoggerMessage(600, LogLevel.Warning,
        "The certificate of {Host} is NOT checked, because TlsOptions.DangerouslyAcceptAnyCertificate is set: whoever sits on the line " +
        "can read the token. Use TlsOptions.ExtraAuthorities or TlsOptions.PinnedPublicKeys instead.")]
    private partial void LogAnyCertificateAccepted(string host);
}
