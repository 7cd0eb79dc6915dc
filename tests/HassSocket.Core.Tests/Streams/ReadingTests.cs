using HassSocket.Core.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Core.Tests.Streams;

public sealed class ReadingTests
{
    [Fact]
    public async Task An_item_is_read_once_for_all_consumers_that_read_alike()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var sources = Enumerable.Range(0, 20).Select(_ => new TextSource("news")).ToList();
        var lengths = Enumerable.Range(0, 20).Select(_ => new LengthSource("news")).ToList();
        var texts = sources.ConvertAll(_ => new Inbox<string>());
        var numbers = lengths.ConvertAll(_ => new Inbox<int>());
        for (var i = 0; i < 20; i++)
        {
            _ = fixture.Connection.Subscribe(sources[i]).Subscribe(texts[i]);
            _ = fixture.Connection.Subscribe(lengths[i]).Subscribe(numbers[i]);
        }

        Assert.Equal(["1 sub news"], await fixture.SentAsync(server));
        server.Send("1 =");

        for (var i = 0; i < 50; i++) server.Send($"1 + {i}");
        for (var i = 0; i < 50; i++)
        {
            foreach (var inbox in texts) Assert.Equal($"{i}", await inbox.NextAsync());
            foreach (var inbox in numbers) Assert.Equal($"{i}".Length, await inbox.NextAsync());
        }

        Assert.Equal(50, sources.Sum(source => source.Reads));
        Assert.Equal(50, lengths.Sum(source => source.Reads));
    }

    [Fact]
    public void Readings_of_different_types_do_not_replace_each_other()
    {
        var item = MailboxTests.Item("hello");
        var text = new TextSource("news");
        var length = new LengthSource("news");

        Assert.True(item.TryRead(text, out var first, out _, out var isNews));
        Assert.True(isNews);
        Assert.True(item.TryRead(length, out var number, out _, out _));
        Assert.True(item.TryRead(new TextSource("news"), out var again, out _, out isNews));
        Assert.False(isNews);

        Assert.Same(first, again);
        Assert.Equal(5, number);
        Assert.Equal(1, text.Reads);
    }

    [Fact]
    public async Task A_reading_that_takes_long_holds_up_nobody_who_reads_otherwise()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var goOn = new ManualResetEventSlim();
        var reading = new TaskCompletionSource();
        var source = new TextSource("news")
        {
            BeforeRead = () =>
            {
                reading.TrySetResult();
                goOn.Wait(ConnectionFixture.Guard);
            },
        };
        var texts = new Inbox<string>();
        var numbers = new Inbox<int>();
        using var first = fixture.Connection.Subscribe(source).Subscribe(texts);
        using var second = fixture.Connection.Subscribe(new LengthSource("news")).Subscribe(numbers);
        server.Answer(await server.ReadAsync());

        server.Send("1 + hello");
        await reading.Task.WaitAsync(ConnectionFixture.Guard);

        Assert.Equal(5, await numbers.NextAsync());
        goOn.Set();
        Assert.Equal("hello", await texts.NextAsync());
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_is_skipped_counted_and_told()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var one = new Inbox<string>();
        var two = new Inbox<string>();
        using var first = stream.Subscribe(one);
        using var second = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(two);
        server.Answer(await server.ReadAsync());

        server.Send("1 + a\n1 + bad\n1 + b");

        Assert.Equal(["a", "b", "a", "b"], [await one.NextAsync(), await one.NextAsync(), await two.NextAsync(), await two.NextAsync()]);
        Assert.Equal(1, stream.Status.Unreadable);
        Assert.Contains("$.text", stream.Status.LastUnreadable, StringComparison.Ordinal);
        Assert.Equal(SubscriptionState.Active, stream.Status.State);
        var line = Assert.Single(fixture.Log.Lines, line => line.Text.Contains("$.text", StringComparison.Ordinal));
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("'sub news'", line.Text, StringComparison.Ordinal);
        Assert.Contains("String", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_unreadable_items_floods_no_observer_of_the_status()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var statuses = new Inbox<SubscriptionStatus>();
        using var watch = stream.StatusChanges.Subscribe(statuses);
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);
        server.Answer(await server.ReadAsync());

        for (var i = 0; i < 1_000; i++) server.Send("1 + bad");
        server.Send("1 + good");

        Assert.Equal("good", await inbox.NextAsync());
        Assert.Equal(1_000, stream.Status.Unreadable);
        consumer.Dispose();
        var told = 0;
        while ((await statuses.NextAsync()).State != SubscriptionState.Pending || told == 0) told++;
        Assert.InRange(told, 10, 14);
        var late = new Inbox<SubscriptionStatus>();
        using var lateWatch = stream.StatusChanges.Subscribe(late);
        Assert.Equal(1_000, (await late.NextAsync()).Unreadable);
    }
}
