using System.Net.WebSockets;
using HassSocket.Core.Tests.Support;
using HassSocket.Testing;
using Xunit;
using static HassSocket.Core.Tests.Transport.SocketEndTests;

namespace HassSocket.Core.Tests.Transport;

/// <summary>How we end a socket that still lives.</summary>
public sealed class FarewellTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Farewell_is_code_1000_and_ends_the_receive_when_the_server_answers()
    {
        var heard = new TaskCompletionSource<WebSocketCloseStatus?>();
        await using var server = new LoopbackServer(async peer =>
        {
            var socket = await peer.UpgradeAsync();
            await socket.EchoAsync();
            heard.SetResult(socket.CloseStatus);
        });
        await using var transport = await Dial.ConnectAsync(server.Url());
        var receiving = ReceiveAsync(transport);
        await transport.CloseAsync(TimeSpan.FromMinutes(5)).Guarded();
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await heard.Task.Guarded());
        Assert.False(await receiving);
    }

    [Fact]
    public async Task Message_that_crosses_the_farewell_is_still_received()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            var socket = await peer.UpgradeAsync();
            Assert.Null(await socket.ReadMessageAsync());
            await socket.SendTextAsync("last words");
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, peer.Stopping);
        });
        await using var transport = await Dial.ConnectAsync(server.Url());
        var receiving = ReceiveTwiceAsync();
        await transport.CloseAsync(TimeSpan.FromMinutes(5)).Guarded();
        Assert.Equal((true, false), await receiving);

        async Task<(bool, bool)> ReceiveTwiceAsync() => (await ReceiveAsync(transport), await ReceiveAsync(transport));
    }

    [Fact]
    public async Task Silent_server_costs_the_farewell_its_budget_and_no_more()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            await peer.UpgradeAsync();
            await peer.SilenceAsync();
        });
        var time = new ManualTimeProvider();
        await using var transport = await Dial.ConnectAsync(server.Url(), time: time);
        var receiving = ReceiveAsync(transport);
        var closing = transport.CloseAsync(Budget).Guarded();
        await time.WaitForTimersAsync();
        time.Advance(Budget - TimeSpan.FromTicks(1));
        Assert.False(closing.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));
        await closing;
        await Assert.ThrowsAnyAsync<Exception>(() => receiving);
    }

    [Fact]
    public async Task Farewell_behind_a_stuck_write_is_bounded_too()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            await peer.UpgradeAsync();
            await peer.SilenceAsync();
        });
        var time = new ManualTimeProvider();
        await using var transport = await Dial.ConnectAsync(server.Url(), time: time);
        var receiving = ReceiveAsync(transport);
        var sending = transport.SendAsync(new byte[64 * 1024 * 1024]).Guarded();
        var closing = transport.CloseAsync(Budget).Guarded();
        await time.WaitForTimersAsync();
        time.Advance(Budget);
        await closing;
        await Assert.ThrowsAnyAsync<Exception>(() => receiving);
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
    }

    [Fact]
    public async Task Farewell_after_the_end_returns_at_once()
    {
        await using var server = new LoopbackServer(async peer =>
            await (await peer.UpgradeAsync()).CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, peer.Stopping));
        await using var transport = await Dial.ConnectAsync(server.Url());
        Assert.False(await ReceiveAsync(transport));
        await transport.CloseAsync(Timeout.InfiniteTimeSpan).Guarded();
        await transport.CloseAsync(Timeout.InfiniteTimeSpan).Guarded();
    }
}
