using System.Buffers;
using System.Text;
using HassSocket.Core.Tests.Support;
using HassSocket.Streams;
using Xunit;

namespace HassSocket.Core.Tests.Streams;

[Collection(Alone.Name)]
public sealed class RawEventTests
{
    [Fact]
    public async Task A_handler_reads_the_bytes_until_its_task_ends_and_not_longer()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var kept = new TaskCompletionSource<(RawEvent Event, string Text)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var consumer = Raw(fixture).SubscribeAsync(async (raw, _) =>
        {
            await Task.Yield();
            if (!kept.TrySetResult((raw, TextOf(raw)))) second.SetResult();
        });
        server.Answer(await server.ReadAsync());

        server.Send("1 + hello\n1 + again");
        await second.Task.WaitAsync(ConnectionFixture.Guard);

        var (raw, text) = await kept.Task;
        Assert.Equal("hello", text);
        Assert.Throws<ObjectDisposedException>(() => raw.Bytes);
    }

    [Fact]
    public async Task A_loop_reads_the_bytes_until_its_next_step_and_not_longer()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        RawEvent? last = null;
        var read = Task.Run(async () =>
        {
            await foreach (var raw in Raw(fixture).ReadAllAsync())
            {
                if (last is { } before) Assert.Throws<ObjectDisposedException>(() => before.Bytes);
                last = raw;
                if (TextOf(raw) == "end") break;
            }
        });
        server.Answer(await server.ReadAsync());

        server.Send("1 + a\n1 + b\n1 + end");
        await read.WaitAsync(ConnectionFixture.Guard);

        Assert.Throws<ObjectDisposedException>(() => last!.Value.Bytes);
        Assert.Equal(0, PooledItem.Lent);
    }

    [Fact]
    public async Task An_observer_gets_a_copy_that_it_may_keep()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<RawEvent>();
        using var consumer = Raw(fixture).Subscribe(inbox);
        server.Answer(await server.ReadAsync());

        server.Send("1 + a\n1 + b");
        var (first, second) = (await inbox.NextAsync(), await inbox.NextAsync());

        Assert.Equal(("a", "b"), (TextOf(first), TextOf(second)));
        await fixture.SettleAsync(server);
        Assert.Equal(0, PooledItem.Lent);
    }

    [Fact]
    public async Task A_consumer_that_keeps_items_may_share_the_subscription()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var texts = new Inbox<string>();
        var raws = new Inbox<string>();
        await using var raw = Raw(fixture).SubscribeAsync((one, _) =>
        {
            raws.OnNext(TextOf(one));
            return Task.CompletedTask;
        });
        using var text = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(texts);
        server.Answer(await server.ReadAsync());

        server.Send("1 + a\n1 + b");

        Assert.Equal(["a", "b", "a", "b"], [await texts.NextAsync(), await texts.NextAsync(), await raws.NextAsync(), await raws.NextAsync()]);
    }

    [Theory]
    [InlineData(OverflowPolicy.DropOldest)]
    [InlineData(OverflowPolicy.DropNewest)]
    [InlineData(OverflowPolicy.Latest)]
    [InlineData(OverflowPolicy.Fail)]
    [InlineData(OverflowPolicy.Lossless)]
    public async Task Whatever_becomes_of_items_all_memory_that_was_rented_is_returned(OverflowPolicy policy)
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var options = new StreamOptions { Policy = policy, Capacity = 4, MaxMailboxBytes = 40, LatestKey = policy == OverflowPolicy.Latest ? "key" : null };
        using var gate = new SemaphoreSlim(0);
        var consumers = Enumerable.Range(0, 3)
            .Select(_ => Raw(fixture).With(options).SubscribeAsync((raw, token) => TextOf(raw) == "throw" ? throw new InvalidOperationException() : gate.WaitAsync(token)))
            .ToList();
        server.Answer(await server.ReadAsync());

        server.Send(string.Join('\n', Enumerable.Range(0, 50).Select(i => i == 0 ? "1 + throw" : $"1 + {i % 7}={i}")));
        await fixture.SettleAsync(server);
        fixture.Connection.PauseMessages = true;
        gate.Release(5);
        fixture.Connection.PauseMessages = false;
        foreach (var consumer in consumers) await consumer.DisposeAsync();

        Assert.Equal(0, PooledItem.Lent);
    }

    [Fact]
    public void An_event_that_is_read_as_raw_bytes_costs_at_most_64_bytes()
    {
        const int Items = 1_000;
        var source = new RawSource(new TextSource("news"));
        var mailbox = new Mailbox(new StreamOptions(), source);
        var loan = new ItemLoan();
        var payload = new ReadOnlySequence<byte>(new byte[1_100]);
        Deliver();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < Items; i++) Deliver();

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Items, 1, 64);
        Assert.Equal(0, PooledItem.Lent);

        void Deliver()
        {
            var item = new PooledItem(payload, isFirst: false);
            mailbox.Post(item);
            item.Release();
            Assert.True(mailbox.TryTake(out var taken));
            if (source.Lend(taken, loan).Bytes.Length != 1_100) throw new InvalidOperationException();
            loan.End();
        }
    }

    private static LiveStream<RawEvent> Raw(ConnectionFixture fixture) => fixture.Connection.Subscribe(new RawSource(new TextSource("news")));

    private static string TextOf(RawEvent raw) => Encoding.UTF8.GetString(raw.Bytes.Span);
}
