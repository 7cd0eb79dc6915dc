using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Tests.Transport;

public sealed class MemoryTransportTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly MemoryTransportFactory _factory;

    public MemoryTransportTests() => _factory = new MemoryTransportFactory(_time);

    [Fact]
    public async Task Messages_pass_both_ways_in_order()
    {
        var (client, server) = await ConnectAsync();

        await client.SendAsync("one"u8.ToArray());
        await client.SendAsync("two"u8.ToArray());
        server.Send("eins");

        Assert.Equal("one", await server.ReadAsync());
        Assert.Equal("two", await server.ReadAsync());
        Assert.Equal("eins", await ReceiveAsync(client));
        Assert.Equal(new Uri("ws://house/"), server.Request.Url);
    }

    [Fact]
    public async Task Close_comes_after_what_was_sent_before()
    {
        var (client, server) = await ConnectAsync();

        server.Send("last words");
        server.Close(1001, "away");

        Assert.Equal("last words", await ReceiveAsync(client));
        Assert.Null(await ReceiveAsync(client));
        Assert.Equal((1001, "away"), (client.CloseCode, client.CloseReason));
    }

    [Fact]
    public async Task Dropped_line_breaks_receive_and_send()
    {
        var (client, server) = await ConnectAsync();
        var receiving = ReceiveAsync(client);

        server.Drop();

        await Assert.ThrowsAsync<WebSocketException>(() => receiving);
        await Assert.ThrowsAsync<WebSocketException>(async () => await client.SendAsync("x"u8.ToArray()));
        Assert.Null(client.CloseCode);
    }

    [Fact]
    public async Task Black_hole_holds_both_directions_until_it_is_lifted()
    {
        var (client, server) = await ConnectAsync();
        server.BlackHole = true;

        await client.SendAsync("lost"u8.ToArray());
        server.Send("silence");
        var receiving = ReceiveAsync(client);
        Assert.False(server.TryRead(out _));
        Assert.False(receiving.IsCompleted);
        server.BlackHole = false;

        Assert.Equal("lost", await server.ReadAsync());
        Assert.Equal("silence", await receiving.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Stuck_write_passes_when_released()
    {
        var (client, server) = await ConnectAsync();
        server.StuckWrites = true;
        var sending = client.SendAsync("late"u8.ToArray()).AsTask();
        Assert.False(sending.IsCompleted);

        server.StuckWrites = false;

        await sending.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("late", await server.ReadAsync());
    }

    [Fact]
    public async Task Abort_ends_a_stuck_write_and_a_pending_receive_and_nothing_passes_after()
    {
        var (client, server) = await ConnectAsync();
        server.StuckWrites = true;
        var sending = client.SendAsync("never"u8.ToArray()).AsTask();
        var receiving = ReceiveAsync(client);

        client.Abort();
        server.Send("too late");

        await Assert.ThrowsAsync<WebSocketException>(() => sending);
        await Assert.ThrowsAsync<WebSocketException>(() => receiving);
        await Assert.ThrowsAsync<WebSocketException>(() => ReceiveAsync(client));
        await server.Closed.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(server.Aborted);
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.ReadAsync());
    }

    [Fact]
    public async Task Farewell_is_answered()
    {
        var (client, server) = await ConnectAsync();
        var receiving = ReceiveAsync(client);

        await client.CloseAsync(TimeSpan.FromSeconds(5)).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Null(await receiving);
        Assert.Equal(1000, client.CloseCode);
        await server.Closed.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(server.Aborted);
    }

    [Fact]
    public async Task Farewell_without_answer_ends_with_its_budget()
    {
        var (client, server) = await ConnectAsync();
        server.AnswersClose = false;
        var closing = client.CloseAsync(TimeSpan.FromSeconds(5)).AsTask();
        Assert.False(closing.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(5));

        await closing.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(server.Aborted);
    }

    [Fact]
    public async Task Dials_can_be_refused_and_hang()
    {
        using var patience = new CancellationTokenSource();
        _factory.Refuse(2);
        _factory.Hang();

        await Assert.ThrowsAsync<NotConnectedException>(() => DialAsync());
        await Assert.ThrowsAsync<NotConnectedException>(() => DialAsync());
        var hanging = DialAsync(patience.Token);
        Assert.False(hanging.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        await DialAsync();

        await _factory.WaitForDialsAsync(4);
        Assert.Equal(4, _factory.DialCount);
    }

    private async Task<(ITransport Client, MemoryConnection Server)> ConnectAsync()
    {
        var client = await DialAsync();
        return (client, await _factory.NextConnectionAsync());
    }

    private Task<ITransport> DialAsync(CancellationToken cancellationToken = default)
        => _factory.ConnectAsync(new UpgradeRequest(new Uri("ws://house/")), cancellationToken).AsTask();

    private static async Task<string?> ReceiveAsync(ITransport client)
    {
        var message = new ArrayBufferWriter<byte>();
        return await client.ReceiveAsync(message) ? Encoding.UTF8.GetString(message.WrittenSpan) : null;
    }
}
