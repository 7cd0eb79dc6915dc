using HassSocket.Testing;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Peers;

/// <summary>A client whose clock is moved by hand, with a line to a real server that can be broken.</summary>
internal sealed class ClockedLine : IAsyncDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(5);

    private ClockedLine(RealServer server, Action<TrpcClientOptions>? configure)
    {
        Proxy = new FaultProxy(new Uri(server.Url.Replace("ws:", "http:", StringComparison.Ordinal)));
        var options = server.Options(o =>
        {
            o.Url = Proxy.Address.ToString();
            o.RetryInterval = TimeSpan.FromSeconds(1);
            o.MaxRetryInterval = TimeSpan.FromSeconds(60);
            o.OnDialing = (dial, _) =>
            {
                if (IsReplaced) dial.Url = server.Url;
                lock (Dials) Dials.Add(Clock.GetUtcNow());
                return ValueTask.CompletedTask;
            };
        });
        configure?.Invoke(options);
        Client = new TrpcClient(options, Log, Clock);
    }

    public FaultProxy Proxy { get; }

    public ManualTimeProvider Clock { get; } = new();

    public CapturedLog Log { get; } = new();

    public TrpcClient Client { get; }

    /// <summary>Whether the client's next dial takes another line, straight to the server.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>When the client dialled, by its own clock.</summary>
    public List<DateTimeOffset> Dials { get; } = [];

    /// <summary>A client that is not started.</summary>
    public static ClockedLine To(RealServer server) => new(server, null);

    public static async Task<ClockedLine> ConnectAsync(RealServer server, Action<TrpcClientOptions>? configure = null)
    {
        var line = new ClockedLine(server, configure);
        await line.Client.StartAsync().WaitAsync(Board.Guard);
        return line;
    }

    /// <summary>Lets the line be quiet until the client pings, and silent until it gives up and takes another.</summary>
    public async Task DieAsync()
    {
        var states = new Inbox<ConnectionStateChange>();
        using var watch = Client.StateChanges.Subscribe(states);
        IsReplaced = true;
        Clock.Advance(Quiet);
        await Clock.WaitForTimerAsync(Answer);
        Clock.Advance(Answer);
        Assert.Equal(EndReason.HeartbeatTimeout, (await states.NextAsync(change => change.Current == ConnectionState.Backoff)).Reason);
        await states.NextAsync(change => change.Current == ConnectionState.Ready);
    }

    /// <summary>Waits for a state that comes after the present one.</summary>
    public async Task<ConnectionStateChange> UntilAsync(ConnectionState state) =>
        await Client.StateChanges.FirstAsync(change => change.Current == state);

    /// <summary>Moves the clock as far as the client wants to wait before it dials again.</summary>
    public async Task WaitOutAsync()
    {
        var change = await UntilAsync(ConnectionState.Backoff);
        for (var left = change.NextAttemptIn ?? TimeSpan.Zero; left > TimeSpan.Zero; left -= Slice)
        {
            var slice = left < Slice ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : Slice;
            await Clock.WaitForTimerAsync(slice);
            Clock.Advance(slice);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Proxy.DisposeAsync();
    }
}

internal static class Firsts
{
    /// <summary>The first value that meets a condition, the latest one included.</summary>
    public static async Task<T> FirstAsync<T>(this IObservable<T> values, Func<T, bool> condition)
    {
        var inbox = new Inbox<T>();
        using var watch = values.Subscribe(inbox);
        return await inbox.NextAsync(condition);
    }
}
