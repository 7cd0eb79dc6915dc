using System.Text.Json;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Trpc.Tests.Support;

/// <summary>A client over memory and a clock that is moved by hand; the test plays the server.</summary>
internal sealed class Board : IAsyncDisposable
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(5);
    private readonly Inbox<ConnectionStateChange> _states = new();
    private readonly IDisposable _watch;
    private int _fences;

    public Board(Action<TrpcClientOptions>? configure = null)
    {
        Transports = new MemoryTransportFactory(Clock);
        var options = new TrpcClientOptions { Url = "ws://board.test/" };
        configure?.Invoke(options);
        Client = new TrpcClient(options, Log, Clock, Transports);
        _watch = Client.StateChanges.Subscribe(_states);
    }

    public ManualTimeProvider Clock { get; } = new();

    public MemoryTransportFactory Transports { get; }

    public CapturedLog Log { get; } = new();

    public TrpcClient Client { get; }

    /// <summary>Starts, and hands over the server's end.</summary>
    public async Task<MemoryConnection> ReadyAsync()
    {
        var start = Client.StartAsync();
        var server = await Transports.NextConnectionAsync();
        await start.WaitAsync(Guard);
        return server;
    }

    /// <summary>Takes states until this one; all are heard from the beginning, since one that lasts for a moment may be over before anybody waits for it.</summary>
    public Task<ConnectionStateChange> UntilAsync(ConnectionState state) => _states.NextAsync(change => change.Current == state);

    /// <summary>Lets a connection whose socket is gone come back.</summary>
    /// <param name="backoff">The back-off to let pass; by default the next.</param>
    public async Task<MemoryConnection> ReconnectAsync(ConnectionStateChange? backoff = null)
    {
        var wait = (backoff ?? await UntilAsync(ConnectionState.Backoff)).NextAttemptIn ?? TimeSpan.Zero;
        for (var left = wait; left > TimeSpan.Zero; left -= Slice)
        {
            var slice = left < Slice ? Whole(left) : Slice;
            await Clock.WaitForTimerAsync(slice);
            Clock.Advance(slice);
        }

        return await Transports.NextConnectionAsync();
    }

    /// <summary>Sees to it that what the server has sent is handled, and that nothing else is on its way: a whole round trip comes after it.</summary>
    public async Task FenceAsync(MemoryConnection server, string? data = null)
    {
        var fence = Client.QueryAsync(new TrpcRequest($"fence{++_fences}"));
        var request = await server.ReadAsync();
        Assert.Contains($"fence{_fences}", request, StringComparison.Ordinal);
        server.Answer(request, data is null ? "\"type\":\"data\"" : $"\"type\":\"data\",\"data\":{data}");
        await fence.WaitAsync(Guard);
    }

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        await Client.DisposeAsync();
    }

    // Timers count whole milliseconds.
    private static TimeSpan Whole(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}

/// <summary>Steps that many tests take as the server.</summary>
internal static class Wire
{
    public static long IdOf(string request) => JsonDocument.Parse(request).RootElement.GetProperty("id").GetInt64();

    /// <summary>Answers a request with the members of its result.</summary>
    public static long Answer(this MemoryConnection server, string request, string members)
    {
        var id = IdOf(request);
        server.Send($$$"""{"id":{{{id}}},"result":{{{{members}}}}}""");
        return id;
    }

    /// <summary>Answers a request with data.</summary>
    public static long AnswerData(this MemoryConnection server, string request, string data) =>
        server.Answer(request, $"\"type\":\"data\",\"data\":{data}");

    /// <summary>Agrees to a subscription.</summary>
    public static long Start(this MemoryConnection server, string request) => server.Answer(request, "\"type\":\"started\"");

    public static void Item(this MemoryConnection server, long id, string data) =>
        server.Send($$$"""{"id":{{{id}}},"result":{"type":"data","data":{{{data}}}}}""");

    public static void TrackedItem(this MemoryConnection server, long id, string eventId, string data) =>
        server.Send($$$$"""{"id":{{{{id}}}},"result":{"type":"data","id":"{{{{eventId}}}}","data":{"id":"{{{{eventId}}}}","data":{{{{data}}}}}}}""");

    public static void Stopped(this MemoryConnection server, long id) => server.Send($$$"""{"id":{{{id}}},"result":{"type":"stopped"}}""");

    public static void Refuse(this MemoryConnection server, string id, string key, string message, int code = -32600) =>
        server.Send($$$$"""{"id":{{{{id}}}},"error":{"message":"{{{{message}}}}","code":{{{{code}}}},"data":{"code":"{{{{key}}}}","httpStatus":400}}}""");
}
