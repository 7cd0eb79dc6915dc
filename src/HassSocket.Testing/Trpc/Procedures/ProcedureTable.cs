using System.Collections.Concurrent;

namespace HassSocket.Testing.Trpc;

/// <summary>The procedures by path.</summary>
internal sealed class ProcedureTable
{
    private readonly ConcurrentDictionary<string, Procedure> _procedures = new();

    public void Add(Procedure procedure) => _procedures[procedure.Path] = procedure;

    /// <summary>The procedure at a path, if it is of the kind that was asked for.</summary>
    public Procedure? Find(string method, string path) =>
        _procedures.TryGetValue(path, out var procedure) && procedure.Method == method ? procedure : null;
}
