using HassSocket.Testing.Simulator;
using HassSocket.Testing.Transport;

namespace HassSocket.Testing.Trpc;

/// <summary>Opens sockets in memory that lead to the server.</summary>
internal sealed class TrpcTransportFactory(TrpcOffice office) : ITransportFactory
{
    public ValueTask<ITransport> ConnectAsync(UpgradeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        MemoryUpgrade.Judge(request, office.Faults.RefuseConnections, office.Faults.UpgradeStatus);
        var connection = new MemoryConnection(request, office.Time);
        _ = office.ServeAsync(new MemoryServerSocket(connection), TrpcDial.Of(request.Url, request.Headers));
        return new ValueTask<ITransport>(new MemoryTransport(connection));
    }
}
