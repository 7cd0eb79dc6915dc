using System.Buffers;
using System.Net.WebSockets;
using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Transport;

/// <summary>How a socket ends: closed by either side, broken, or dropped.</summary>
public sealed class SocketEndTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(20);

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

    internal static Task<bool> ReceiveAsync(ITransport transport) =>
        transport.ReceiveAsync(new ArrayBufferWriter<byte>()).AsTask().WaitAsync(Generous);
}
