using System.Diagnostics;
using HassSocket.Core.Tests.Support;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

/// <summary>Walks every way that a command can go, and shows that each one ends, with a reason that says whether it was sent.</summary>
public sealed class NoPathHangsTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;
    private static readonly string[] Places = ["offline", "paused", "behind others", "behind a stuck write", "in a stuck write", "written"];

    private static readonly string[] Fates =
    [
        "time passes", "cancelled", "stopped", "disposed", "dropped", "closed", "garbage", "silence", "rejected at the next attempt", "traffic crash", "paused",
    ];

    public static TheoryData<string, string, bool> Paths
    {
        get
        {
            var paths = new TheoryData<string, string, bool>();
            foreach (var place in Places)
            {
                foreach (var fate in Fates)
                {
                    paths.Add(place, fate, false);
                    paths.Add(place, fate, true);
                }
            }

            return paths;
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_command_ends_wherever_it_stands_and_whatever_happens(string place, string fate, bool isPost)
    {
        await using var fixture = new ConnectionFixture(o =>
        {
            o.MaxInFlight = place == "behind others" ? 1 : 1_000;
            if (fate == "traffic crash") (o.SocketCrashRequestsPerSec, o.SocketAvgDuration) = (3, TimeSpan.FromSeconds(1));
        });
        var server = await fixture.ReadyAsync();
        await PrepareAsync(fixture, server, place);
        using var patience = new CancellationTokenSource();
        var envelope = new CommandEnvelope("x") { WhenPaused = WhenUnavailable.Wait };
        var command = isPost ? fixture.PostAsync("x", envelope, patience.Token) : fixture.SendAsync("x", envelope, patience.Token);
        if (place == "written") await server.ReadAsync();

        await HappenAsync(fixture, server, place, fate, patience).WaitAsync(Guard, CancellationToken.None);

        await PassUntilAsync(fixture, command);
        Judge(place, command, isPost);
        server.BlackHole = false; // or the farewell at the end would wait for its answer
    }

    private static async Task PrepareAsync(ConnectionFixture fixture, MemoryConnection server, string place)
    {
        switch (place)
        {
            case "offline":
                fixture.Transports.Refuse(int.MaxValue);
                server.Drop();
                await fixture.UntilAsync(ConnectionState.Backoff);
                break;
            case "paused":
                fixture.Connection.PauseMessages = true;
                break;
            case "behind others" or "behind a stuck write":
                server.StuckWrites = place == "behind a stuck write";
                _ = fixture.SendAsync("before").ContinueWith(done => _ = done.Exception, TaskScheduler.Default);
                break;
            case "in a stuck write":
                server.StuckWrites = true;
                break;
        }
    }

    private static async Task HappenAsync(ConnectionFixture fixture, MemoryConnection server, string place, string fate, CancellationTokenSource patience)
    {
        // What it leads to must not depend on a server that comes back.
        if (fate != "rejected at the next attempt") fixture.Transports.Refuse(int.MaxValue);
        switch (fate)
        {
            case "cancelled": await patience.CancelAsync(); break;
            case "stopped": await fixture.Connection.StopAsync(); break;
            case "disposed": await fixture.DisposeAsync(); break;
            case "dropped": server.Drop(); break;
            case "closed": server.Close(1012); break;
            case "garbage": server.Send("garbage"); break;
            case "silence": server.BlackHole = true; break;
            case "rejected at the next attempt": await RejectAsync(fixture, server, place); break;
            case "traffic crash": Flood(fixture); break;
            case "paused": fixture.Connection.PauseMessages = true; break;
        }
    }

    private static async Task RejectAsync(ConnectionFixture fixture, MemoryConnection server, string place)
    {
        fixture.Transports.Accept();
        if (place != "offline") server.Drop();
        await fixture.PassAsync((await fixture.UntilAsync(ConnectionState.Backoff)).NextAttemptIn!.Value);
        var next = await fixture.Transports.NextConnectionAsync();
        await next.ReadAsync();
        next.Send("go away");
    }

    private static void Flood(ConnectionFixture fixture)
    {
        for (var i = 0; i < 5; i++) _ = fixture.PostAsync("flood").ContinueWith(done => _ = done.Exception, TaskScheduler.Default);
    }

    /// <summary>Lets time pass, a second at a time, with room for everybody else between, until a task has ended.</summary>
    private static async Task PassUntilAsync(ConnectionFixture fixture, Task task)
    {
        var began = Stopwatch.GetTimestamp();
        while (!task.IsCompleted)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Guard, "It hangs.");
            await Task.Run(() => fixture.Clock.Advance(TimeSpan.FromSeconds(1)));
        }
    }

    private static void Judge(string place, Task command, bool isPost)
    {
        if (command.IsCompletedSuccessfully)
        {
            // Only a post is done without an answer, and only when it was written.
            Assert.True(isPost, "It has an answer that nobody gave.");
            Assert.NotEqual("offline", place);
            return;
        }

        if (command.IsCanceled) return;
        var delivery = command.Exception!.InnerException switch
        {
            ConnectionLostException lost => lost.Delivery,
            NotConnectedException refused => refused.Delivery,
            ResponseTimeoutException late => late.Delivery,
            MessagesPausedException paused => paused.Delivery,
            TrafficLimitExceededException limit => limit.Delivery,
            var other => throw new InvalidOperationException($"No reason that a caller can decide by: {other}"),
        };
        if (place is "offline" or "paused") Assert.Equal(Delivery.NotSent, delivery);
        if (place == "written") Assert.Equal(Delivery.Unknown, delivery);
    }
}
