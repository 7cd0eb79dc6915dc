using System.Text.Json;
using HassSocket.Testing;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>The client under test and the server's end of its line; what the client says is taken in the order in which it is waited for.</summary>
internal sealed class ReplayLine : IAsyncDisposable
{
    private const int KeylessErrorLogged = 202;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);
    private readonly List<string> _unexpected = [];
    private readonly CapturedLog _log = new();
    private readonly Func<TimeSpan> _guard;
    private int _fences;
    private int _keyless;

    public ReplayLine(Action<TrpcClientOptions> configure, Func<TimeSpan> guard)
    {
        _guard = guard;
        Transports = new MemoryTransportFactory(Clock);
        var options = new TrpcClientOptions
        {
            ExpectResponseAfter = Timeout.InfiniteTimeSpan,
            BatchCommands = BatchCommands.Never,
            SocketWarnRequestsPerSec = double.PositiveInfinity,
            SocketCrashRequestsPerSec = double.PositiveInfinity,
        };
        configure(options);
        Client = new TrpcClient(options, _log, Clock, Transports);
    }

    public ManualTimeProvider Clock { get; } = new();

    public MemoryTransportFactory Transports { get; }

    public TrpcClient Client { get; }

    public MemoryConnection Server { get; private set; } = null!;

    public async Task OpenAsync()
    {
        var start = Client.StartAsync();
        Server = await Transports.NextConnectionAsync();
        await start.WaitAsync(Board.Guard);
        // A successor, or the next attempt, belongs to another connection of the recording.
        Transports.Refuse(int.MaxValue);
    }

    /// <summary>Takes what the client says until it is what is waited for.</summary>
    public async Task<string> UntilAsync(Func<string, bool> isIt)
    {
        if (_unexpected.Find(text => isIt(text)) is { } early)
        {
            _unexpected.Remove(early);
            return early;
        }

        while (true)
        {
            var text = await Server.ReadAsync(_guard());
            if (isIt(text)) return text;
            _unexpected.Add(text);
        }
    }

    /// <summary>Takes the client's next request of a kind.</summary>
    public async Task<JsonElement> RequestAsync(string method, string path)
    {
        var text = await UntilAsync(text => text.StartsWith('{') && IsFor(JsonDocument.Parse(text).RootElement, method, path));
        return JsonDocument.Parse(text).RootElement;
    }

    public Task<string> StopAsync(long id) => UntilAsync(text => text == $$"""{"id":{{id}},"method":"subscription.stop"}""");

    /// <summary>Lets the line be quiet until the client pings.</summary>
    public async Task PingAsync()
    {
        for (var i = 0; i < 4; i++)
        {
            Clock.Advance(Quiet / 2);
            while (Server.TryRead(out var text)) _unexpected.Add(text);
            if (_unexpected.Remove("PING")) return;
        }

        await UntilAsync(text => text == "PING");
    }

    /// <summary>Sees to it that all that was said is handled.</summary>
    public async Task FenceAsync()
    {
        var path = $"fence{++_fences}";
        var fence = Client.QueryAsync(new TrpcRequest(path));
        var request = await RequestAsync("query", path);
        Server.Send($$$$"""{"id":{{{{request.GetProperty("id").GetInt64()}}}},"result":{"type":"data"}}""");
        await fence.WaitAsync(_guard());
    }

    /// <summary>Sees to it that an error without id, which was just said, is handled: only then may the next request be asked.</summary>
    public Task KeylessErrorAsync() => _log.WaitForAsync(KeylessErrorLogged, ++_keyless);

    /// <summary>Waits for news of ours.</summary>
    public Task<T> GuardAsync<T>(Task<T> task) => task.WaitAsync(_guard());

    /// <summary>Nothing was said that nobody waited for.</summary>
    public void AssertNothingElseWasSaid() => Assert.Empty(_unexpected);

    public async ValueTask DisposeAsync() => await Client.DisposeAsync();

    private static bool IsFor(JsonElement json, string method, string path) =>
        json.GetProperty("method").GetString() == method && json.TryGetProperty("params", out var told) && told.GetProperty("path").GetString() == path;
}
