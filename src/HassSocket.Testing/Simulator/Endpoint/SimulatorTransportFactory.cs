namespace HassSocket.Testing.Simulator;

/// <summary>Opens sockets in memory that lead into the house.</summary>
internal sealed class SimulatorTransportFactory(House house, SimulatedFaults faults) : ITransportFactory
{
    public ValueTask<ITransport> ConnectAsync(UpgradeRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (faults.RefuseConnections)
            throw new NotConnectedException($"Nothing listens at {request.Url}.", EndReason.Refused);
        if (faults.UpgradeStatus is { } status)
        {
            throw new NotConnectedException($"The upgrade was answered with {(int)status}.", EndReason.HttpStatus) { HttpStatus = status };
        }

        var connection = new MemoryConnection(request, house.Time);
        house.Own(house.ServeAsync(new MemoryServerSocket(connection)));
        return ValueTask.FromResult<ITransport>(new Transport.MemoryTransport(connection));
    }
}
