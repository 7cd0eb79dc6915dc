using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace HassSocket.Transport;

/// <summary>Opens sockets with the platform's own <see cref="ClientWebSocket"/>, one fresh connection for each.</summary>
/// <remarks>Redirects are not followed and cookies not kept: what goes with the upgrade, and where to, is the request's to say.</remarks>
internal sealed partial class WebSocketTransportFactory : ITransportFactory
{
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    public WebSocketTransportFactory(ILogger logger, TimeProvider time)
    {
        _logger = logger;
        _time = time;
    }

    public async ValueTask<ITransport> ConnectAsync(UpgradeRequest request, CancellationToken cancellationToken)
    {
        var judge = new CertificateJudge(request.Tls ?? new TlsOptions(), request.Url.Host);
        if (judge.AcceptsAnything && request.Url.Scheme == Uri.UriSchemeWss) LogAnyCertificateAccepted(request.Url.Authority);

        var socket = new ClientWebSocket();
        HttpMessageInvoker? dialler = null;
        try
        {
            dialler = new HttpMessageInvoker(CreateHandler(request, judge));
            Configure(socket.Options, request);
            await socket.ConnectAsync(request.Url, dialler, cancellationToken).ConfigureAwait(false);
            return new WebSocketTransport(socket, dialler, _time);
        }
        catch (Exception exception)
        {
            Exception failure = cancellationToken.IsCancellationRequested
                ? new OperationCanceledException("The attempt to connect was ended.", exception, cancellationToken)
                : new ConnectFailure(request, socket, judge, exception).Explain();
            socket.Dispose();
            dialler?.Dispose();
            throw failure;
        }
    }

    private static void Configure(ClientWebSocketOptions options, UpgradeRequest request)
    {
        options.KeepAliveInterval = TimeSpan.Zero;
        options.CollectHttpResponseDetails = true;
        if (request.Compression) options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        foreach (var header in request.Headers.GroupBy(h => h.Key, StringComparer.OrdinalIgnoreCase))
        {
            var separator = header.Key.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ";
            options.SetRequestHeader(header.Key, string.Join(separator, header.Select(h => h.Value)));
        }
    }

    private static SocketsHttpHandler CreateHandler(UpgradeRequest request, CertificateJudge judge)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        handler.PlaintextStreamFilter = static (context, _) => new ValueTask<Stream>(new ReadAheadStream(context.PlaintextStream));
        handler.ConnectCallback = ConnectOnceTo(request.Url.IdnHost);
        handler.SslOptions.RemoteCertificateValidationCallback = judge.Accepts;
        if (request.Tls?.ClientCertificate is { } ours)
        {
            // A context is shown to every server that asks; a plain collection only to those that name its issuer.
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(ours, null, offline: true);
        }

        return handler;
    }

    // The handler dials up to three times more by itself when a server hangs up without an answer, at once: that would hammer one
    // that is starting. When to dial again is for the retry policy to say. A proxy may need two connections, to be told credentials.
    private static Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> ConnectOnceTo(string server)
    {
        var dials = 0;
        return async (context, cancellationToken) =>
        {
            if (Interlocked.Increment(ref dials) > 1 && context.DnsEndPoint.Host.Equals(server, StringComparison.OrdinalIgnoreCase))
                throw new IOException("The connection ended before an answer came.");
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
    }
}
