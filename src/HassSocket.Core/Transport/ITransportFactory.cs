namespace HassSocket;

/// <summary>Opens sockets: one <see cref="ITransport"/> for each attempt to connect.</summary>
public interface ITransportFactory
{
    /// <summary>Resolves, connects and upgrades.</summary>
    /// <param name="request">Where to, and with what.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>An open socket.</returns>
    /// <exception cref="NotConnectedException">The server could not be reached or refused the upgrade; the exception says why.</exception>
    ValueTask<ITransport> ConnectAsync(UpgradeRequest request, CancellationToken cancellationToken);
}
