using System.Text.Json;
using HassSocket.Tests.Shared.Peers;
using Xunit;

namespace HassSocket.Trpc.Tests.Peers;

/// <summary>The real tRPC servers of a test class, all in one Node process that ends with it.</summary>
public sealed class TrpcPeer : IAsyncDisposable
{
    public const string Newest = "11.25.2";
    public const string Homarrs = "11.18.0";
    public const string Old = "10.45.4";

    private readonly Lock _lock = new();
    private Peer? _peer;

    /// <summary>All versions, plain and with superjson.</summary>
    public static TheoryData<string, bool> All => new() { { Newest, false }, { Newest, true }, { Homarrs, false }, { Homarrs, true }, { Old, false }, { Old, true } };

    /// <summary>All versions, with superjson.</summary>
    public static TheoryData<string> Versions => [Newest, Homarrs, Old];

    /// <summary>The versions that track items, plain and with superjson.</summary>
    public static TheoryData<string, bool> Tracking => new() { { Newest, false }, { Newest, true }, { Homarrs, false }, { Homarrs, true } };

    /// <summary>Starts a server, or skips the test where Node or the packages are missing.</summary>
    internal async Task<RealServer> StartAsync(string version, bool superjson = false, object? keepAlive = null, int? maxPayload = null, int? maxBatchSize = null)
    {
        var peer = Start();
        if (version == Old) PeersFolder.RequirePackages("trpc-10");
        var started = await peer.AskAsync("start", new { version, superjson, keepAlive, maxPayload, maxBatchSize });
        return new RealServer(peer, started.GetProperty("id").GetInt32(), started.GetProperty("port").GetInt32(), superjson);
    }

    /// <summary>Asks for something that no server is needed for.</summary>
    internal Task<JsonElement> AskAsync(string action, object with) => Start().AskAsync(action, with);

    public async ValueTask DisposeAsync()
    {
        if (_peer is not null) await _peer.DisposeAsync();
    }

    private Peer Start()
    {
        lock (_lock) return _peer ??= Peer.Start("trpc.mjs");
    }
}
