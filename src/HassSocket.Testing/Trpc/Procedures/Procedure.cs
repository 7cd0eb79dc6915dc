namespace HassSocket.Testing.Trpc;

/// <summary>What stands at a path.</summary>
internal abstract class Procedure
{
    protected Procedure(string method, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (Method, Path) = (method, path);
    }

    public string Method { get; }

    public string Path { get; }

    /// <summary>Runs for one request; never throws.</summary>
    public abstract Task RunAsync(TrpcRun run);
}
