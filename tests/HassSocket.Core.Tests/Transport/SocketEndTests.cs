using System.Buffers;
using System.Net.WebSockets;
using HassSocket.Core.Tests.Support;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Core.Tests.Transport;

/// <summary>How a socket ends: closed by either side, broken, or dropped.</summary>
public sealed class SocketEndTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(1000, "")]
    [InlineData(1001, "going away")]
    [InlineData(1011, "error")]
    [InlineData(4001, "ours")]
    [InlineData(1012, "restart")]
    [InlineData(1013, "later")]
    public async Task Close_of_the_server_is_noted_and_answered(int code, string reason)
    {
        var answer = new TaskCompletionSource<WebSocketCloseStatus?>();
        await using var server = new LoopbackServer(async peer =>
        {
            var socket = await peer.UpgradeAsync();
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, peer.Stopping);
            await socket.ReadMessageAsync();
            answer.SetResult(socket.CloseStatus);
        });
        await using var transport = await Dial.ConnectAsync(server.Url());
        Assert.Null(transport.CloseCode);
        Assert.False(await ReceiveAsync(transport));
        Assert.Equal((code, reason), (transport.CloseCode, transport.CloseReason ?? ""));
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await answer.Task.Guarded());
    }

    [Fact]
    public async Task Answer_to_a_close_has_left_when_the_receive_ends()
    {
        var answer = new TaskCompletionSource<WebSocketCloseStatus?>();
        await using var server = new LoopbackServer(async peer =>
        {
            var socket = await peer.UpgradeAsync();
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, peer.Stopping);
            await socket.ReadMessageAsync();
            answer.SetResult(socket.CloseStatus);
        });
        await using var transport = await Dial.ConnectAsync(server.Url());
        Assert.False(await ReceiveAsync(transport));
        transport.Abort();
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await answer.Task.Guarded());
    }

    [Fact]
    public async Task Close_without_a_code_reads_as_1000()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            await peer.UpgradeAsync();
            await peer.WriteAsync(0x88, 0x00);
            await peer.SilenceAsync();
        });
        await using var transport = await Dial.ConnectAsync(server.Url());
        Assert.False(await ReceiveAsync(transport));
        Assert.Equal(1000, transport.CloseCode);
    }

    [Fact]
    public async Task Close_in_the_middle_of_a_message_is_a_close()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            var socket = await peer.UpgradeAsync();
            await socket.SendTextAsync("half", endOfMessage: false);
            await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "bye", peer.Stopping);
            await peer.SilenceAsync();
        });
        await using var transport = await Dial.ConnectAsync(server.Url());
        Assert.False(await ReceiveAsync(transport));
        Assert.Equal(1001, transport.CloseCode);
    }

    [Fact]
    public async Task Reset_is_an_exception() => await AssertLostAsync(async peer =>
    {
        await peer.UpgradeAsync();
        peer.Reset();
    });

    [Fact]
    public async Task End_of_stream_without_a_close_is_an_exception() => await AssertLostAsync(async peer =>
    {
        await peer.UpgradeAsync();
        peer.Finish();
        await peer.SilenceAsync();
    });

    [Fact]
    public async Task End_of_stream_in_the_middle_of_a_frame_is_an_exception() => await AssertLostAsync(async peer =>
    {
        await peer.UpgradeAsync();
        await peer.WriteAsync([0x81, 126, 0x03, 0xE8, (byte)'{', (byte)'"']);
        peer.Finish();
        await peer.SilenceAsync();
    });

    [Theory]
    [InlineData(0x8F, 0x00)]
    [InlineData(0x81, 0x01, 0xFF)]
    [InlineData(0x81, 0x80, 1, 2, 3, 4)]
    public async Task Bytes_that_are_no_frame_are_an_exception(params int[] frame) => await AssertLostAsync(async peer =>
    {
        await peer.UpgradeAsync();
        await peer.WriteAsync([.. frame.Select(b => (byte)b)]);
        await peer.SilenceAsync();
    });

    [Fact]
    public async Task Sending_after_the_socket_is_lost_is_an_exception()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            await peer.UpgradeAsync();
            peer.Reset();
        });
        await using var transport = await Dial.ConnectAsync(server.Url());
        await Assert.ThrowsAnyAsync<Exception>(() => ReceiveAsync(transport));
        await Assert.ThrowsAnyAsync<Exception>(() => transport.SendAsync("x"u8.ToArray()).Guarded());
    }

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

    [Fact]
    public async Task Abort_ends_a_pending_receive_and_may_come_again()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            await peer.UpgradeAsync();
            await peer.SilenceAsync();
        });
        var transport = await Dial.ConnectAsync(server.Url());
        var receiving = ReceiveAsync(transport);
        Parallel.For(0, 4, _ => transport.Abort());
        await Assert.ThrowsAnyAsync<Exception>(() => receiving);
        await transport.CloseAsync(Timeout.InfiniteTimeSpan).Guarded();
        await transport.DisposeAsync().Guarded();
        await transport.DisposeAsync().Guarded();
        transport.Abort();
    }

    [Fact]
    public async Task Dispose_hangs_up()
    {
        var hungUp = new TaskCompletionSource();
        await using var server = new LoopbackServer(async peer =>
        {
            var socket = await peer.UpgradeAsync();
            try
            {
                await socket.ReadMessageAsync();
            }
            finally
            {
                hungUp.SetResult();
            }
        });
        var transport = await Dial.ConnectAsync(server.Url());
        var receiving = ReceiveAsync(transport);
        await transport.DisposeAsync().Guarded();
        await hungUp.Task.Guarded();
        await Assert.ThrowsAnyAsync<Exception>(() => receiving);
    }

    private static async Task AssertLostAsync(Func<LoopbackPeer, Task> script)
    {
        await using var server = new LoopbackServer(script);
        await using var transport = await Dial.ConnectAsync(server.Url());
        await Assert.ThrowsAnyAsync<WebSocketException>(() => ReceiveAsync(transport));
        Assert.Null(transport.CloseCode);
        await transport.CloseAsync(Timeout.InfiniteTimeSpan).Guarded();
    }

    private static Task<bool> ReceiveAsync(ITransport transport) =>
        transport.ReceiveAsync(new ArrayBufferWriter<byte>()).AsTask().WaitAsync(Generous);
}
