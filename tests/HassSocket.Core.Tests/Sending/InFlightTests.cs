using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

public sealed class InFlightTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromHours(5);

    [Fact]
    public async Task Of_5000_commands_at_most_1024_are_unanswered_at_any_time_and_the_rest_wait_in_order()
    {
        await using var fixture = new ConnectionFixture(o => (o.ExpectResponseAfter, o.WaitForReady) = (Long, Long));
        var server = await fixture.ReadyAsync();
        var answers = Enumerable.Range(1, 5_000).Select(i => fixture.SendAsync($"c{i}")).ToArray();

        var seen = 0;
        var open = new Queue<string>();
        while (seen < 5_000)
        {
            while (open.Count < 1_024 && seen < 5_000)
            {
                foreach (var line in (await server.ReadAsync()).Split('\n'))
                {
                    Assert.Equal($"c{++seen}", line.Split(' ')[1]);
                    open.Enqueue(line.Split(' ')[0]);
                }
            }

            Assert.True(open.Count <= 1_024, $"{open.Count} commands are unanswered.");
            server.Send(string.Join('\n', open.Select(key => $"{key} = {key}")));
            open.Clear();
        }

        for (var i = 0; i < answers.Length; i++) Assert.Equal($"{i + 1}", await answers[i].WaitAsync(Guard));
    }

    [Fact]
    public async Task One_answer_makes_room_for_one_command()
    {
        await using var fixture = new ConnectionFixture(o => (o.MaxInFlight, o.PingInterval) = (2, Second));
        var server = await fixture.ReadyAsync();
        for (var i = 1; i <= 4; i++) _ = fixture.SendAsync($"c{i}");
        Assert.Equal(["1 c1", "2 c2"], [await server.ReadAsync(), await server.ReadAsync()]);

        server.Send("2 =");
        Assert.Equal("3 c3", await server.ReadAsync());
        await fixture.PingAsync(server);
        server.Send("1 ! refused");

        Assert.Equal("5 c4", await server.ReadAsync());
    }

    [Fact]
    public async Task The_restore_takes_turns_too_and_goes_before_waiting_commands()
    {
        await using var fixture = new ConnectionFixture(o => (o.MaxInFlight, o.PingInterval, o.BatchCommands) = (3, Second, BatchCommands.Never));
        foreach (var topic in new[] { "a", "b", "c", "d", "e" })
            fixture.Connection.Subscribe(new TextSource(topic)).Subscribe(new Inbox<string>());
        var start = fixture.Connection.StartAsync();
        _ = fixture.SendAsync("command");
        var server = await fixture.AcceptAsync();
        await start.WaitAsync(Guard);

        Assert.Equal(["1 sub a", "2 sub b", "3 sub c"], [await server.ReadAsync(), await server.ReadAsync(), await server.ReadAsync()]);
        await fixture.PingAsync(server);
        server.Send("1 =\n2 =");

        Assert.Equal(["5 sub d", "6 sub e"], [await server.ReadAsync(), await server.ReadAsync()]);
        server.Send("3 =\n5 =\n6 =");
        Assert.Equal("7 command", await server.ReadAsync());
    }

    [Fact]
    public async Task Ended_subscriptions_take_turns_as_well()
    {
        await using var fixture = new ConnectionFixture(o => (o.MaxInFlight, o.PingInterval, o.PongTimeout) = (2, Second, Second));
        var server = await fixture.ReadyAsync();
        var consumers = new List<IDisposable>();
        foreach (var topic in new[] { "a", "b", "c" })
        {
            consumers.Add(fixture.Connection.Subscribe(new TextSource(topic)).Subscribe(new Inbox<string>()));
            Assert.Equal($"{consumers.Count} sub {topic}", await server.ReadAsync());
            server.Send($"{consumers.Count} =");
        }

        await fixture.SettleAsync(server);
        foreach (var consumer in consumers) consumer.Dispose();

        Assert.Equal(["5 stop 1", "6 stop 2"], [await server.ReadAsync(), await server.ReadAsync()]);
        await fixture.PingAsync(server);
        server.Send("6 =");
        Assert.Equal("8 stop 3", await server.ReadAsync());
    }

    [Fact]
    public async Task What_is_unanswered_for_longer_than_usual_gives_its_place_back_and_is_still_awaited()
    {
        await using var fixture = new ConnectionFixture(o => (o.MaxInFlight, o.WaitForReady, o.PingInterval) = (2, Long, TimeSpan.FromMilliseconds(29_999)));
        var server = await fixture.ReadyAsync();
        var endless = fixture.SendAsync("a", new CommandEnvelope("a") { ExpectResponseAfter = Timeout.InfiniteTimeSpan });
        var hour = fixture.SendAsync("b", new CommandEnvelope("b") { ExpectResponseAfter = TimeSpan.FromHours(1) });
        var waiting = fixture.SendAsync("c");
        Assert.Equal(["1 a", "2 b"], [await server.ReadAsync(), await server.ReadAsync()]);
        await fixture.PingAsync(server, TimeSpan.FromMilliseconds(29_999));

        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("4 c", await server.ReadAsync());
        server.Send("1 = one\n2 = two");
        Assert.Equal("one", await endless.WaitAsync(Guard));
        Assert.Equal("two", await hour.WaitAsync(Guard));
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task A_timeout_gives_the_place_to_the_next_command()
    {
        await using var fixture = new ConnectionFixture(o => (o.MaxInFlight, o.ExpectResponseAfter, o.PingInterval) =
            (1, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)));
        var server = await fixture.ReadyAsync();
        var mute = fixture.SendAsync("mute");
        var next = fixture.SendAsync("next");
        Assert.Equal("1 mute", await server.ReadAsync());

        fixture.Clock.Advance(TimeSpan.FromSeconds(5));

        await mute.FailsWithAsync<ResponseTimeoutException>();
        Assert.Equal("2 next", await server.ReadAsync());
        server.Send("2 = fine");
        Assert.Equal("fine", await next.WaitAsync(Guard));
    }

    [Fact]
    public async Task A_command_that_was_abandoned_or_posted_keeps_its_place_until_the_server_has_answered()
    {
        await using var fixture = new ConnectionFixture(o => (o.MaxInFlight, o.PingInterval) = (2, Second));
        using var caller = new CancellationTokenSource();
        var server = await fixture.ReadyAsync();
        var abandoned = fixture.SendAsync("abandoned", cancellationToken: caller.Token);
        await fixture.PostAsync("posted").WaitAsync(Guard);
        await caller.CancelAsync();
        await abandoned.IsCancelledByAsync(caller.Token);
        _ = fixture.SendAsync("third");
        _ = fixture.SendAsync("fourth");
        Assert.Equal(["1 abandoned", "2 posted"], [await server.ReadAsync(), await server.ReadAsync()]);
        await fixture.PingAsync(server);

        server.Send("1 = late");
        Assert.Equal("4 third", await server.ReadAsync());
        server.Send("2 =");

        Assert.Equal("5 fourth", await server.ReadAsync());
    }

    [Fact]
    public async Task With_one_place_commands_never_stall_however_fast_the_answers_come()
    {
        await using var fixture = new ConnectionFixture(o => o.MaxInFlight = 1);
        var server = await fixture.ReadyAsync();
        fixture.Hooks.OnSend = (message, _) =>
        {
            server.Send($"{System.Text.Encoding.UTF8.GetString(message.Span).Split(' ')[0]} =");
            return default;
        };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++) await fixture.SendAsync("x");
        }))).WaitAsync(TimeSpan.FromMinutes(1));
    }
}
