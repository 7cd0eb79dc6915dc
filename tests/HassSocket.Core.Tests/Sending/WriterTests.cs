using System.Text;
using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

public sealed class WriterTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task Keys_rise_strictly_and_begin_with_one_on_every_session()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        for (var session = 1; session <= 3; session++)
        {
            _ = fixture.SendAsync("a");
            _ = fixture.PostAsync("b");
            using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());
            Assert.Equal(["1 a", "2 b", "3 sub news"], [await server.ReadAsync(), await server.ReadAsync(), await server.ReadAsync()]);
            consumer.Dispose();
            server.Drop();
            server = await fixture.ReconnectAsync();
        }
    }

    [Fact]
    public async Task Keys_rise_in_the_order_of_the_frames_whoever_sends()
    {
        await using var fixture = new ConnectionFixture(o => o.MaxInFlight = int.MaxValue);
        var server = await fixture.ReadyAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++) await fixture.PostAsync($"caller{caller} {i}");
        }))).WaitAsync(Guard);

        var lines = new List<string>();
        while (lines.Count < 800) lines.AddRange((await server.ReadAsync()).Split('\n'));
        Assert.Equal(Enumerable.Range(1, 800).Select(key => $"{key}"), lines.Select(line => line.Split(' ')[0]));
        foreach (var caller in lines.Select(line => line.Split(' ', 2)[1]).GroupBy(body => body.Split(' ')[0]))
            Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{caller.Key} {i}"), caller);
    }

    [Fact]
    public async Task What_a_caller_gives_is_never_changed()
    {
        var ping = "ping"u8.ToArray();
        await using var fixture = new ConnectionFixture(dialect: new EchoDialect { Opening = [new ControlMessage(ping)] });
        var server = await fixture.ReadyAsync();
        Assert.Equal("1 ping", await server.ReadAsync());
        server.Drop();

        server = await fixture.ReconnectAsync();

        Assert.Equal("1 ping", await server.ReadAsync());
        Assert.Equal("ping"u8, ping);
    }

    [Fact]
    public async Task An_answer_that_comes_before_the_send_returns_is_not_lost()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var received = new TaskCompletionSource();
        fixture.Hooks.OnSend = async (_, send) =>
        {
            server.Send("1 = quick");
            await received.Task.WaitAsync(Guard);
            await send();
        };

        var answer = fixture.SendAsync("x");

        Assert.Equal("quick", await answer.WaitAsync(Guard));
        received.SetResult();
    }

    [Fact]
    public async Task An_item_that_comes_before_the_answer_even_within_the_send_is_not_lost()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        fixture.Hooks.OnSend = async (_, send) =>
        {
            server.Send("1 + early");
            Assert.Equal("early", await inbox.NextAsync());
            await send();
        };

        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        Assert.Equal("1 sub news", await server.ReadAsync());
        server.Send("1 + second\n1 =\n1 + third");

        Assert.Equal("second", await inbox.NextAsync());
        Assert.Equal("third", await inbox.NextAsync());
    }

    [Fact]
    public async Task A_caller_awaits_only_the_frame_of_its_own_command()
    {
        await using var fixture = new ConnectionFixture();
        await fixture.ReadyAsync();
        var release = new TaskCompletionSource();
        var secondPost = Task.CompletedTask;
        fixture.Hooks.OnSend = (message, send) =>
        {
            if (Text(message) == "2 b") return new ValueTask(release.Task.WaitAsync(Guard));
            secondPost = fixture.PostAsync("b");
            return send();
        };

        await fixture.PostAsync("a").WaitAsync(Guard);

        Assert.False(secondPost.IsCompleted);
        release.SetResult();
        await secondPost.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_callers_thread_writes_its_own_frame_and_no_more()
    {
        await using var fixture = new ConnectionFixture();
        await fixture.ReadyAsync();
        using var returned = new ManualResetEventSlim();
        var writtenBy = new List<int>();
        var second = Task.CompletedTask;
        var sawReturn = false;
        fixture.Hooks.OnSend = (message, send) =>
        {
            writtenBy.Add(Environment.CurrentManagedThreadId);
            if (Text(message) == "1 a") second = fixture.PostAsync("b");
            else sawReturn = returned.Wait(Guard);
            return send();
        };

        var thread = Environment.CurrentManagedThreadId;
        var post = fixture.PostAsync("a");
        returned.Set();
        await post.WaitAsync(Guard);
        await second.WaitAsync(Guard);

        Assert.Equal(thread, writtenBy[0]);
        Assert.True(sawReturn, "The caller was kept for the frame of another one.");
    }

    [Fact]
    public async Task The_read_loop_never_writes_itself()
    {
        await using var fixture = new ConnectionFixture(dialect: new RelayDialect());
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("x");
        await server.ReadAsync();
        var isRead = false;
        fixture.Hooks.OnSend = (_, send) =>
        {
            // If the pong were written by the thread that reads, the answer could not be read meanwhile.
            isRead = answer.Wait(Guard);
            return send();
        };

        server.Send("PING");
        server.Send("1 = read");

        Assert.Equal("PONG", await server.ReadAsync());
        Assert.True(isRead);
    }

    [Fact]
    public async Task A_stop_for_a_subscription_that_started_late_is_not_written_by_the_read_loop()
    {
        await using var fixture = new ConnectionFixture(dialect: new RelayDialect());
        var server = await fixture.ReadyAsync();
        fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>()).Dispose();
        Assert.Equal("1 sub news", await server.ReadAsync());
        var answer = fixture.SendAsync("x");
        Assert.Equal("2 x", await server.ReadAsync());
        var isRead = false;
        fixture.Hooks.OnSend = (_, send) =>
        {
            isRead = answer.Wait(Guard);
            return send();
        };

        server.Send("1 started");
        server.Send("2 = read");

        Assert.Equal("1 stop", await server.ReadAsync());
        Assert.True(isRead);
    }

    [Fact]
    public async Task A_subscription_that_was_left_before_its_answer_is_stopped_once()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>()).Dispose();
        Assert.Equal("1 sub news", await server.ReadAsync());
        Assert.Equal("2 stop 1", await server.ReadAsync());

        var answer = fixture.SendAsync("x");
        Assert.Equal("3 x", await server.ReadAsync());
        server.Send("1 =\n2 =\n3 = fine");

        Assert.Equal("fine", await answer.WaitAsync(Guard));
        await fixture.FenceAsync(server);
    }

    private static string Text(ReadOnlyMemory<byte> message) => Encoding.UTF8.GetString(message.Span);
}
