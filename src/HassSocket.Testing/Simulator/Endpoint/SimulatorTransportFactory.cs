namespace HassSocket.Testing.Simulator;

/// <summary>Opens sockets in memory that lead into the house.</summary>
internal sealed class SimulatorTransportFactory(House house, SimulatedFaults faults) : ITransportFactory
{
    public async ValueTask<ITransport> ConnectAsync(UpgradeRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await house.Lifecycle.Awake.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (faults.RefuseConnections || house.Lifecycle.IsDown)
            throw new NotConnectedException($"Nothing listens at {request.Url}.", EndReason.Refused);
        if (faults.UpgradeStatus is { } status)
        {
            throw new NotConnectedException($"The upgrade was answered with {(int)status}.", EndReason.HttpStatus) { HttpStatus = status };
        }

        var connection = new MemoryConnection(request, house.Time);
        house.Own(house.ServeAsync(new MemoryServerSocket(connection)));
        return new Transport.MemoryTransport(connection);
    }
}
