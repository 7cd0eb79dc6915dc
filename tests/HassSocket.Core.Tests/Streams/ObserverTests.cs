using HassSocket.Core.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Core.Tests.Streams;

public sealed class ObserverTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    [Fact]
    public async Task A_blocked_observer_costs_the_others_nothing()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        using var blocked = new BlockingObserver();
        var other = new Inbox<string>();
        using var first = stream.Subscribe(blocked);
        using var second = stream.Subscribe(other);
        server.Answer(await server.ReadAsync());

        for (var i = 0; i < 100; i++) server.Send($"1 + {i}");
        for (var i = 0; i < 100; i++) Assert.Equal($"{i}", await other.NextAsync());
        Assert.False(blocked.Inbox.TryNext(out _));
        blocked.Release();

        for (var i = 0; i < 100; i++) Assert.Equal($"{i}", await blocked.Inbox.NextAsync());
    }

    [Fact]
    public async Task An_observer_that_throws_is_logged_and_hears_the_next_item()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Watcher<string>(text =>
        {
            if (text == "a") throw new InvalidOperationException("not this one");
            inbox.OnNext(text);
        }));
        server.Answer(await server.ReadAsync());

        server.Send("1 + a\n1 + b");

        Assert.Equal("b", await inbox.NextAsync());
        Assert.Contains(fixture.Log.Lines, line =>
            line.Level == LogLevel.Error && line.Text.Contains("sub news", StringComparison.Ordinal) && line.Text.Contains("not this one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Items_keep_their_order()
    {
        const int Count = 10_000;
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        server.Answer(await server.ReadAsync());

        for (var i = 0; i < Count; i += 10) server.Send(string.Join('\n', Enumerable.Range(i, 10).Select(n => $"1 + {n}")));

        for (var i = 0; i < Count; i++) Assert.Equal($"{i}", await inbox.NextAsync());
    }

    [Fact]
    public async Task The_end_is_told_exactly_once()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var ends = 0;
        var ended = new TaskCompletionSource();
        var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(
            new Watcher<string>(_ => { }, _ => Interlocked.Increment(ref ends), () =>
            {
                Interlocked.Increment(ref ends);
                ended.SetResult();
            }));
        server.Answer(await server.ReadAsync());

        server.Send("1 ended\n1 ended\n1 ! gone late\n1 + late");
        await ended.Task.WaitAsync(ConnectionFixture.Guard);
        consumer.Dispose();
        consumer.Dispose();

        Assert.Empty(await fixture.SentAsync(server));
        await fixture.Connection.DisposeAsync();
        Assert.Equal(1, ends);
    }

    [Fact]
    public async Task Nothing_comes_after_an_observer_has_left_from_within_an_item()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var heard = new List<string>();
        var left = new TaskCompletionSource();
        IDisposable? consumer = null;
        consumer = stream.Subscribe(new Watcher<string>(
            text =>
            {
                heard.Add(text);
                consumer!.Dispose();
                left.TrySetResult();
            },
            _ => heard.Add("error"),
            () => heard.Add("completed")));
        server.Answer(await server.ReadAsync());

        server.Send("1 + a\n1 + b\n1 + c\n1 ended");
        await left.Task.WaitAsync(ConnectionFixture.Guard);
        await fixture.SentAsync(server);
        await fixture.Connection.DisposeAsync();

        Assert.Equal(["a"], heard);
    }

    [Fact]
    public async Task An_item_that_is_being_read_when_its_consumer_leaves_is_not_handed_over()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var reading = new TaskCompletionSource();
        using var goOn = new ManualResetEventSlim();
        var source = new TextSource("news")
        {
            BeforeRead = () =>
            {
                reading.TrySetResult();
                goOn.Wait(ConnectionFixture.Guard);
            },
        };
        var heard = 0;
        var consumer = fixture.Connection.Subscribe(source).SubscribeAsync((_, _) =>
        {
            heard++;
            return Task.CompletedTask;
        });
        server.Answer(await server.ReadAsync());

        server.Send("1 + a");
        await reading.Task.WaitAsync(ConnectionFixture.Guard);
        var leaving = consumer.DisposeAsync();
        goOn.Set();
        await leaving.AsTask().WaitAsync(ConnectionFixture.Guard);

        Assert.Equal(0, heard);
    }

    [Fact]
    public async Task The_execution_context_of_the_subscriber_is_not_captured()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var seen = new Inbox<string>();
        Ambient.Value = "of the subscriber";
        using var observer = stream.Subscribe(new Watcher<string>(text => seen.OnNext($"{text} {Ambient.Value}")));
        await using var handler = stream.SubscribeAsync((text, _) =>
        {
            seen.OnNext($"{text} {Ambient.Value}");
            return Task.CompletedTask;
        });
        Ambient.Value = null;
        server.Answer(await server.ReadAsync());

        server.Send("1 + a");

        Assert.Equal("a ", await seen.NextAsync());
        Assert.Equal("a ", await seen.NextAsync());
    }

    [Fact]
    public async Task Subscribing_works_where_the_flow_of_the_context_is_suppressed()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var inbox = new Inbox<string>();
        IDisposable consumer;
        using (ExecutionContext.SuppressFlow()) consumer = stream.Subscribe(inbox);
        server.Answer(await server.ReadAsync());

        server.Send("1 + a");

        Assert.Equal("a", await inbox.NextAsync());
        consumer.Dispose();
    }

    [Fact]
    public async Task A_thousand_observers_of_a_topic_are_one_subscription_on_the_wire()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inboxes = Enumerable.Range(0, 1_000).Select(_ => new Inbox<string>()).ToList();

        var consumers = inboxes.ConvertAll(inbox => fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox));
        Assert.Equal(["1 sub news"], await fixture.SentAsync(server));
        server.Send("1 =\n1 + a\n1 + b");
        foreach (var inbox in inboxes)
        {
            Assert.Equal("a", await inbox.NextAsync());
            Assert.Equal("b", await inbox.NextAsync());
        }

        consumers.ForEach(consumer => consumer.Dispose());
        Assert.Equal(["3 stop 1"], await fixture.SentAsync(server));
    }
}
