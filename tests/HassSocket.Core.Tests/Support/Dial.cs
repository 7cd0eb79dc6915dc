using HassSocket.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace HassSocket.Core.Tests.Support;

/// <summary>Opens transports for tests, with a guard around everything that could hang.</summary>
internal static class Dial
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task<ITransport> ConnectAsync(Uri url, TlsOptions? tls = null, bool compress = false, TimeProvider? time = null) =>
        ConnectAsync(new UpgradeRequest(url) { Tls = tls, Compression = compress }, time: time);

    public static Task<ITransport> ConnectAsync(
        UpgradeRequest request, ILogger? logger = null, TimeProvider? time = null, CancellationToken cancellationToken = default) =>
        new WebSocketTransportFactory(logger ?? NullLogger.Instance, time ?? TimeProvider.System)
            .ConnectAsync(request, cancellationToken).Guarded();

    public static Task<NotConnectedException> FailureAsync(Uri url, TlsOptions? tls = null) =>
        Assert.ThrowsAsync<NotConnectedException>(() => ConnectAsync(url, tls));

    public static Task<T> Guarded<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Limit);

    public static Task Guarded(this ValueTask task) => task.AsTask().WaitAsync(Limit);

    public static Task Guarded(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Guarded<T>(this Task<T> task) => task.WaitAsync(Limit);
}
