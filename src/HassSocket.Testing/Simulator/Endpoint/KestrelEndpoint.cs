using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace HassSocket.Testing.Simulator;

/// <summary>A server on a real socket of this machine; it can stop to listen and begin again on the same port.</summary>
internal sealed class KestrelEndpoint(RequestDelegate serve, int port) : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _switching = new(1, 1);
    private WebApplication? _server;
    private Uri? _baseUrl;

    public Uri BaseUrl => _baseUrl!;

    public async Task OpenAsync(CancellationToken cancellationToken = default)
    {
        await _switching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_server is null) await StartAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _switching.Release();
        }
    }

    /// <summary>Stops to listen; whoever dials meets nobody.</summary>
    public async Task CloseAsync()
    {
        await _switching.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_server is not { } server) return;
            _server = null;
            using var patience = new CancellationTokenSource(StopWithin, TimeProvider.System);
            await server.StopAsync(patience.Token).ConfigureAwait(false);
            await server.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _switching.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _switching.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var listenAt = _baseUrl?.Port ?? port;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, listenAt, listen => listen.Protocols = HttpProtocols.Http1));
        var server = builder.Build();
        server.Run(serve);
        await server.StartAsync(cancellationToken).ConfigureAwait(false);
        (_server, _baseUrl) = (server, new Uri(server.Urls.First()));
    }
}
