using HassSocket.Testing;

namespace HassSocket.Trpc.Tests.Fake;

/// <summary>A client that is connected to a fake server, over memory and a clock that is moved by hand.</summary>
internal sealed class FakeBoard : IAsyncDisposable
{
    public FakeBoard(FakeTrpcServerOptions? server = null, Action<TrpcClientOptions>? configure = null)
    {
        Server = new FakeTrpcServer((server ?? new FakeTrpcServerOptions()) with { TimeProvider = Clock });
        var options = new TrpcClientOptions { Url = Server.Url.ToString() };
        configure?.Invoke(options);
        Client = new TrpcClient(options, timeProvider: Clock, transportFactory: Server.Transports);
    }

    public ManualTimeProvider Clock { get; } = new();

    public FakeTrpcServer Server { get; }

    public TrpcClient Client { get; }

    public Task<ConnectionStateChange> UntilAsync(ConnectionState state) => UntilAsync(change => change.Current == state);

    public async Task<ConnectionStateChange> UntilAsync(Func<ConnectionStateChange, bool> isMeant)
    {
        var changes = new Inbox<ConnectionStateChange>();
        using var watch = Client.StateChanges.Subscribe(changes);
        return await changes.NextAsync(isMeant);
    }

    /// <summary>Lets the wait before the next attempt pass.</summary>
    public async Task ReconnectAsync()
    {
        var wait = (await UntilAsync(ConnectionState.Backoff)).NextAttemptIn ?? TimeSpan.Zero;
        if (wait > TimeSpan.Zero) await PassAsync(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)));
    }

    /// <summary>Lets time pass once something waits for exactly so long.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await Clock.WaitForTimerAsync(time);
        Clock.Advance(time);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
