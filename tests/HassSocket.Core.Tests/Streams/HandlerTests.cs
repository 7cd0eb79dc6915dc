using HassSocket.Core.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Core.Tests.Streams;

public sealed class HandlerTests
{
    [Fact]
    public async Task A_handler_runs_one_at_a_time_and_in_order()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var news = new Inbox<string>();
        var running = 0;
        await using var consumer = fixture.Connection.Subscribe(new TextSource("news")).SubscribeAsync(async (text, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            await Task.Yield();
            Assert.Equal(0, Interlocked.Decrement(ref running));
            news.OnNext(text);
        });
        server.Answer(await server.ReadAsync());

        for (var i = 0; i < 500; i++) server.Send($"1 + {i}");

        for (var i = 0; i < 500; i++) Assert.Equal($"{i}", await news.NextAsync());
    }

    [Fact]
    public async Task A_handler_that_throws_is_logged_and_gets_the_next_item()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var news = new Inbox<string>();
        await using var consumer = fixture.Connection.Subscribe(new TextSource("news")).SubscribeAsync((text, _) => text switch
        {
            "a" => throw new InvalidOperationException("at once"),
            "b" => Task.FromException(new InvalidOperationException("in its task")),
            "c" => Task.FromCanceled(new CancellationToken(canceled: true)),
            "d" => null!,
            _ => Task.Run(() => news.OnNext(text), CancellationToken.None),
        });
        server.Answer(await server.ReadAsync());

        server.Send("1 + a\n1 + b\n1 + c\n1 + d\n1 + e");

        Assert.Equal("e", await news.NextAsync());
        Assert.Equal(4, fixture.Log.Lines.Count(line => line.Level == LogLevel.Error && line.Text.Contains("sub news", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Disposing_cancels_the_token_of_the_running_handler_and_waits_for_it()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        var consumer = fixture.Connection.Subscribe(new TextSource("news")).SubscribeAsync(async (_, token) =>
        {
            using var onCancelled = token.Register(cancelled.SetResult);
            entered.SetResult();
            await mayEnd.Task;
            token.ThrowIfCancellationRequested();
        });
        server.Answer(await server.ReadAsync());
        server.Send("1 + a\n1 + b");
        await entered.Task.WaitAsync(ConnectionFixture.Guard);

        var first = consumer.DisposeAsync().AsTask();
        var second = consumer.DisposeAsync().AsTask();
        await cancelled.Task.WaitAsync(ConnectionFixture.Guard);
        Assert.False(first.IsCompleted);
        Assert.False(second.IsCompleted);
        mayEnd.SetResult();
        await first.WaitAsync(ConnectionFixture.Guard);
        await second.WaitAsync(ConnectionFixture.Guard);

        Assert.DoesNotContain(fixture.Log.Lines, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task A_handler_may_dispose_its_own_subscription()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var left = new TaskCompletionSource();
        var heard = 0;
        var itself = new TaskCompletionSource<IAsyncDisposable>();
        var consumer = fixture.Connection.Subscribe(new TextSource("news")).SubscribeAsync(async (_, token) =>
        {
            heard++;
            await (await itself.Task).DisposeAsync();
            Assert.True(token.IsCancellationRequested);
            left.SetResult();
        });
        itself.SetResult(consumer);
        server.Answer(await server.ReadAsync());

        server.Send("1 + a\n1 + b");

        await left.Task.WaitAsync(ConnectionFixture.Guard);
        await consumer.DisposeAsync().AsTask().WaitAsync(ConnectionFixture.Guard);
        Assert.Equal(1, heard);
    }

    [Fact]
    public async Task Disposing_waits_also_when_a_callback_of_the_token_throws()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var entered = new TaskCompletionSource();
        var isOver = false;
        var consumer = fixture.Connection.Subscribe(new TextSource("news")).SubscribeAsync(async (_, token) =>
        {
            var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            token.Register(() =>
            {
                cancelled.SetResult();
                throw new InvalidOperationException("a bad callback");
            });
            entered.SetResult();
            await cancelled.Task;
            isOver = true;
        });
        server.Answer(await server.ReadAsync());
        server.Send("1 + a");
        await entered.Task.WaitAsync(ConnectionFixture.Guard);

        await Assert.ThrowsAsync<AggregateException>(async () => await consumer.DisposeAsync().AsTask().WaitAsync(ConnectionFixture.Guard));

        Assert.True(isOver);
    }

    [Fact]
    public async Task Disposing_a_handler_that_never_ran_ends_at_once()
    {
        await using var fixture = new ConnectionFixture();
        var consumer = fixture.Connection.Subscribe(new TextSource("news")).SubscribeAsync((_, _) => Task.CompletedTask);
        await consumer.DisposeAsync().AsTask().WaitAsync(ConnectionFixture.Guard);
    }
}
