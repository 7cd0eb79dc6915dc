using System.Net;
using HassSocket.Testing.Trpc;

namespace HassSocket.Testing;

/// <summary>What can go wrong with a <see cref="FakeTrpcServer"/>.</summary>
public sealed class FakeTrpcFaults
{
    private readonly TrpcOffice _office;

    internal FakeTrpcFaults(TrpcOffice office) => _office = office;

    /// <summary>Whether nobody gets in: a dial meets nobody who listens.</summary>
    /// <value>Default: <see langword="false"/>. Connections that are open stay open.</value>
    public bool RefuseConnections { get; set; }

    /// <summary>The HTTP status that answers the upgrade, such as 401 or 502.</summary>
    /// <value>Default: <see langword="null"/>, the upgrade succeeds.</value>
    public HttpStatusCode? UpgradeStatus { get; set; }

    /// <summary>What every new connection is rejected with, such as UNAUTHORIZED: the error goes out without an id, then for each request that had arrived, then the server hangs up.</summary>
    /// <value>Default: <see langword="null"/>, they are admitted.</value>
    public FakeTrpcErrorException? RejectWith { get; set; }

    /// <summary>Whether every line, old and new, is dead without anybody being told.</summary>
    /// <value>Default: <see langword="false"/>. Setting it back lets everything pass that was held, in order.</value>
    public bool BlackHole
    {
        get => _office.IsBlackHole;
        set
        {
            _office.IsBlackHole = value;
            foreach (var connection in _office.Connections) connection.Face.BlackHole = value;
        }
    }

    /// <summary>Breaks all connections without a close frame.</summary>
    public void DropAll()
    {
        foreach (var connection in _office.Connections) connection.Face.Drop();
    }

    /// <summary>Breaks all connections with a reset.</summary>
    public void ResetAll()
    {
        foreach (var connection in _office.Connections) connection.Face.Reset();
    }

    /// <summary>Closes all connections.</summary>
    /// <param name="code">The close code, such as 1012 for a restart; 1005 closes without one.</param>
    /// <param name="reason">The text that goes with it.</param>
    public void CloseAll(int code = 1005, string reason = "")
    {
        foreach (var connection in _office.Connections) connection.Face.Close(code, reason);
    }

    /// <summary>Keeps the answers of a query or mutation for ever. It runs all the same.</summary>
    /// <param name="path">The procedure.</param>
    public void NeverAnswer(string path) => _office.Ticks.Run(() => _office.Silent.Add(path));

    /// <summary>Answers a query or mutation again.</summary>
    /// <param name="path">The procedure.</param>
    public void AnswerAgain(string path) => _office.Ticks.Run(() => _office.Silent.Remove(path));
}
