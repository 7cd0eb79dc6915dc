using System.Text.Json.Nodes;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Faults;

/// <summary>What goes wrong without costing the connection.</summary>
internal static class SurvivedFaults
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<SurvivedFault> All { get; } =
    [
        new("everything arrives byte by byte", "nothing: slower answers", DribbleAsync),
        new("the line is slow: a kilobyte a second", "nothing: slower answers", SlowLineAsync),
        new("the server's process stands still for 20 s and then answers everything at once", "late answers", ThawAsync),
        new("a pong is late, but within `PongTimeout`", "nothing", LatePongAsync),
        new("an answer comes twice", "nothing: the second one is dropped (log 203)", TwiceAsync),
        new("two answers come in the other order", "nothing: each call gets its own", SwappedAsync),
        new("an answer never comes", "`ResponseTimeoutException` after `ExpectResponseAfter`, with `Delivery.Unknown`", LostAnswerAsync),
        new("an answer is larger than `MaxMessageBytes`", "`ProtocolViolationException` for that call, with size and limit (log 201)", GiantAsync),
        new("an observer blocks while events go on", "its own mailbox fills; the server's queue never grows", BlockedObserverAsync),
        new("the machine sleeps for an hour, and the line is still good", "nothing: a ping within 5 s of waking", SleepAsync),
    ];

    private static async Task DribbleAsync(FaultyHome home)
    {
        home.Proxy.ToClient.ChunkBytes = home.Proxy.ToServer.ChunkBytes = 1;
        await home.HearAsync();
        Assert.NotNull(await home.Client.GetConfigAsync().WaitAsync(Home.Guard));
    }

    private static async Task SlowLineAsync(FaultyHome home)
    {
        home.House.OnCommand("fault/large", _ => Task.FromResult<JsonNode?>(new string('x', 30_000)));
        home.Proxy.ToClient.BytesPerSecond = 1000;
        var large = home.Client.SendMessageAsync(new RawCommand("fault/large") { ExpectResponseAfter = Timeout.InfiniteTimeSpan });
        var seconds = await LetPassAsync(home, large);
        Assert.Equal(30_000, (await large).GetString()!.Length);
        Assert.InRange(seconds, 29, 60);
        home.Proxy.ToClient.BytesPerSecond = 0;
        // The proxy may still be waiting behind the last piece, which has arrived.
        await LetPassAsync(home, home.Client.PingAsync());
    }

    private static async Task<int> LetPassAsync(FaultyHome home, Task passing)
    {
        var seconds = 0;
        for (; !passing.IsCompleted && seconds < 100; seconds++)
        {
            var step = home.Clock.WaitForTimersAsync(timers => timers.Any(due => due > TimeSpan.Zero && due <= Second));
            if (await Task.WhenAny(step, passing).WaitAsync(Home.Guard) == step) home.Clock.Advance(Second);
        }

        await passing.WaitAsync(Home.Guard);
        return seconds;
    }

    private static async Task ThawAsync(FaultyHome home)
    {
        home.House.Faults.Frozen = true;
        Task[] calls = [.. Enumerable.Range(0, 50).Select(_ => home.Client.PingAsync())];
        home.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.All(calls, call => Assert.False(call.IsCompleted));
        home.House.Faults.Frozen = false;
        await Task.WhenAll(calls).WaitAsync(Home.Guard);
    }

    private static async Task LatePongAsync(FaultyHome home)
    {
        home.Proxy.ToClient.IsStalled = true;
        home.Clock.Advance(home.Home.Options.PingInterval);
        await home.Clock.WaitForTimerAsync(home.Home.Options.PongTimeout);
        home.Clock.Advance(home.Home.Options.PongTimeout - Second);
        home.Proxy.ToClient.IsStalled = false;
        await home.HearAsync();
        home.Clock.Advance(Second);
    }

    private static async Task TwiceAsync(FaultyHome home)
    {
        home.Proxy.ToClient.DuplicateNext();
        await home.Client.GetConfigAsync().WaitAsync(Home.Guard);
        await home.Home.Logs.WaitForAsync(203, Home.Guard);
    }

    private static async Task SwappedAsync(FaultyHome home)
    {
        home.House.OnCommand("fault/one", _ => Task.FromResult<JsonNode?>(1));
        home.House.OnCommand("fault/two", _ => Task.FromResult<JsonNode?>(2));
        home.Proxy.ToClient.SwapNext();
        var one = home.Client.SendMessageAsync("fault/one");
        await home.House.WaitForCommandAsync("fault/one");
        var two = home.Client.SendMessageAsync("fault/two");
        Assert.Equal(2, (await two.WaitAsync(Home.Guard)).GetInt32());
        Assert.Equal(1, (await one.WaitAsync(Home.Guard)).GetInt32());
    }

    private static async Task LostAnswerAsync(FaultyHome home)
    {
        home.Proxy.ToClient.DropNext();
        var patience = TimeSpan.FromSeconds(7);
        var call = home.Client.SendMessageAsync(new RawCommand("get_config") { ExpectResponseAfter = patience });
        await home.Client.PingAsync().WaitAsync(Home.Guard);
        home.Clock.Advance(patience);
        var late = await Assert.ThrowsAsync<ResponseTimeoutException>(() => call.WaitAsync(Home.Guard));
        Assert.Equal(Delivery.Unknown, late.Delivery);
    }

    private static async Task GiantAsync(FaultyHome home)
    {
        home.House.OnCommand("fault/giant", _ => Task.FromResult<JsonNode?>(new string('x', FaultyHome.MaxMessageBytes)));
        var refused = await Assert.ThrowsAsync<ProtocolViolationException>(() => home.Client.SendMessageAsync("fault/giant").WaitAsync(Home.Guard));
        Assert.Contains("'fault/giant'", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{FaultyHome.MaxMessageBytes:N0}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(home.Home.Logs.Entries, entry => entry.Id == 201);
    }

    private static async Task BlockedObserverAsync(FaultyHome home)
    {
        using var blocked = new ManualResetEventSlim();
        using var subscription = home.Client.OnEvent("fault_many").Subscribe(_ => blocked.Wait());
        await home.Client.PingAsync().WaitAsync(Home.Guard);
        for (var round = 0; round < 20; round++)
        {
            home.House.AtOnce(() =>
            {
                for (var i = 0; i < 1000; i++) home.House.FireEvent("fault_many");
            });

            // Its answer lies behind all of them: when it is here, nothing waits at the server.
            await home.Client.PingAsync().WaitAsync(Home.Guard);
        }

        Assert.DoesNotContain(home.House.Connections, connection => connection.WasThrownOut);
        blocked.Set();
    }

    private static async Task SleepAsync(FaultyHome home)
    {
        var pings = Pings();
        home.Clock.AdvanceWallClock(TimeSpan.FromHours(1));

        // The next look at the clocks is 5 s away at most.
        home.Clock.Advance(TimeSpan.FromSeconds(5));
        await home.House.WaitForMessageAsync(_ => Pings() > pings);
        await home.HearAsync();

        int Pings() => home.Home.SentOf("ping").Count;
    }
}
