namespace HassSocket.Testing.Simulator;

/// <summary>Opens sockets in memory that lead into the house.</summary>
internal sealed class SimulatorTransportFactory(House house, SimulatedFaults faults) : ITransportFactory
{
    public async ValueTask<ITransport> ConnectAsync(UpgradeRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await house.Lifecycle.Awake.WaitAsync(cancellationToken).ConfigureAwait(false);
        MemoryUpgrade.Judge(request, faults.RefuseConnections || house.Lifecycle.IsDown, faults.UpgradeStatus);
        var connection = new MemoryConnection(request, house.Time);
        house.Own(house.ServeAsync(new MemoryServerSocket(connection)));
        return new Transport.MemoryTransport(connection);
    }
}
