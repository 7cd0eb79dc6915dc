using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Streams;

public sealed class ReadAllTests
{
    [Fact]
    public async Task Nothing_is_asked_for_before_the_loop_begins()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();

        var items = fixture.Connection.Subscribe(new TextSource("news")).ReadAllAsync();

        Assert.Empty(await fixture.SentAsync(server));
        _ = items;
    }

    [Fact]
    public async Task Leaving_the_loop_unsubscribes()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var read = Task.Run(async () =>
        {
            await foreach (var text in fixture.Connection.Subscribe(new TextSource("news")).ReadAllAsync())
            {
                if (text == "b") break;
            }
        });
        server.Answer(await server.ReadAsync());

        server.Send("1 + a\n1 + b\n1 + c");

        Assert.Equal("2 stop 1", await server.ReadAsync());
        await read.WaitAsync(ConnectionFixture.Guard);
    }

    [Fact]
    public async Task Cancelling_a_loop_that_waits_ends_it_with_the_callers_token()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var cancel = new CancellationTokenSource();
        var read = Task.Run(async () =>
        {
            await foreach (var _ in fixture.Connection.Subscribe(new TextSource("news")).ReadAllAsync(cancel.Token)) { }
        });
        server.Answer(await server.ReadAsync());

        await cancel.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(ConnectionFixture.Guard));
        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.Equal("2 stop 1", await server.ReadAsync());
    }

    [Fact]
    public async Task Cancelling_within_the_loop_ends_it_before_the_next_item()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var cancel = new CancellationTokenSource();
        var heard = new List<string>();
        var read = Task.Run(async () =>
        {
            await foreach (var text in fixture.Connection.Subscribe(new TextSource("news")).ReadAllAsync().WithCancellation(cancel.Token))
            {
                heard.Add(text);
                await cancel.CancelAsync();
            }
        });
        server.Answer(await server.ReadAsync());

        server.Send("1 + a\n1 + b");

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(ConnectionFixture.Guard));
        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.Equal(["a"], heard);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_asks_for_nothing()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var items = fixture.Connection.Subscribe(new TextSource("news")).ReadAllAsync(new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await items.GetAsyncEnumerator(default).MoveNextAsync());

        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task A_refusal_for_good_is_thrown()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var read = ReadAsync(fixture.Connection.Subscribe(new TextSource("news")));

        server.Answer(await server.ReadAsync(), "! unknown never heard of it");

        var error = await Assert.ThrowsAsync<RefusedException>(() => read.WaitAsync(ConnectionFixture.Guard));
        Assert.Equal("unknown", error.Code);
        Assert.Equal("sub news", error.Command);
    }

    [Fact]
    public async Task An_overflow_is_thrown_after_what_was_held()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news")).With(new StreamOptions { Policy = OverflowPolicy.Fail, Capacity = 2 });
        var mayGoOn = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var heard = new List<string>();
        var read = Task.Run(async () =>
        {
            await foreach (var text in stream.ReadAllAsync())
            {
                heard.Add(text);
                entered.TrySetResult();
                await mayGoOn.Task;
            }
        });
        server.Answer(await server.ReadAsync());
        server.Send("1 + a");
        await entered.Task.WaitAsync(ConnectionFixture.Guard);

        server.Send("1 + b\n1 + c\n1 + d");
        await fixture.SentAsync(server);
        mayGoOn.SetResult();

        await Assert.ThrowsAsync<StreamOverflowException>(() => read.WaitAsync(ConnectionFixture.Guard));
        Assert.Equal(["a", "b", "c"], heard);
        Assert.Equal("3 stop 1", await server.ReadAsync());
    }

    [Fact]
    public async Task The_loop_ends_well_when_the_connection_is_disposed()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var read = ReadAsync(fixture.Connection.Subscribe(new TextSource("news")));
        server.Answer(await server.ReadAsync());
        server.Send("1 + a\n1 + b");
        await fixture.SentAsync(server);

        await fixture.Connection.DisposeAsync();

        Assert.Equal(["a", "b"], await read.WaitAsync(ConnectionFixture.Guard));
    }

    private static Task<List<string>> ReadAsync(LiveStream<string> stream) => Task.Run(async () =>
    {
        var heard = new List<string>();
        await foreach (var text in stream.ReadAllAsync()) heard.Add(text);
        return heard;
    });
}
