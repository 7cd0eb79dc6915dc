using System.Buffers;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Reflection;
using System.Text;
using HassSocket.Core.Tests.Support;
using HassSocket.Transport;
using Xunit;

namespace HassSocket.Core.Tests.Transport;

public sealed class WebSocketTransportTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(20);

    private static bool IsUnoptimised =>
        typeof(WebSocketTransport).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    [Fact]
    public async Task Text_goes_out_and_comes_back()
    {
        await using var server = new LoopbackServer(async peer => await (await peer.UpgradeAsync()).EchoAsync());
        await using var transport = await Dial.ConnectAsync(server.Url());
        foreach (var text in new[] { """{"type":"ping"}""", "", "grüße ✓" })
        {
            await transport.SendAsync(Encoding.UTF8.GetBytes(text)).Guarded();
            Assert.Equal(text, await ReceiveTextAsync(transport));
        }
    }

    [Fact]
    public async Task Message_leaves_as_one_text_frame()
    {
        var seen = new TaskCompletionSource<ValueWebSocketReceiveResult>();
        await using var server = new LoopbackServer(async peer =>
            seen.SetResult(await (await peer.UpgradeAsync()).ReceiveAsync(new byte[100].AsMemory(), peer.Stopping)));
        await using var transport = await Dial.ConnectAsync(server.Url());
        await transport.SendAsync("[1]"u8.ToArray()).Guarded();
        var frame = await seen.Task.Guarded();
        Assert.Equal((WebSocketMessageType.Text, true, 3), (frame.MessageType, frame.EndOfMessage, frame.Count));
    }

    [Fact]
    public async Task Fragments_come_in_as_one_message_and_the_next_one_apart()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            var socket = await peer.UpgradeAsync();
            await socket.SendTextAsync("""{"id":""", endOfMessage: false);
            await socket.SendTextAsync("", endOfMessage: false);
            await socket.SendTextAsync("1}");
            await socket.SendTextAsync("second");
            await peer.SilenceAsync();
        });
        await using var transport = await Dial.ConnectAsync(server.Url());
        Assert.Equal("""{"id":1}""", await ReceiveTextAsync(transport));
        Assert.Equal("second", await ReceiveTextAsync(transport));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Five_megabytes_go_both_ways(bool compress)
    {
        await using var server = new LoopbackServer(async peer => await (await peer.UpgradeAsync(compress)).EchoAsync());
        await using var transport = await Dial.ConnectAsync(server.Url(), compress: compress);
        var message = new byte[5 * 1024 * 1024];
        for (var i = 0; i < message.Length; i++) message[i] = (byte)('a' + ((i * 7) + (i >> 10)) % 26);

        using var buffer = new MessageBuffer(int.MaxValue);
        var receiving = transport.ReceiveAsync(buffer);
        await transport.SendAsync(message).Guarded();
        Assert.True(await receiving.Guarded());
        Assert.True(buffer.Message.ToArray().AsSpan().SequenceEqual(message));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_above_the_cap_is_counted_unpacked_and_the_next_one_is_read(bool compress)
    {
        await using var server = new LoopbackServer(async peer =>
        {
            var socket = await peer.UpgradeAsync(compress);
            await socket.SendTextAsync("""{"id":42,"data":""" + new string('x', 3_000_000));
            await socket.SendTextAsync("next");
            await peer.SilenceAsync();
        });
        await using var transport = await Dial.ConnectAsync(server.Url(), compress: compress);
        using var buffer = new MessageBuffer(100_000);
        Assert.True(await transport.ReceiveAsync(buffer).Guarded());
        Assert.True(buffer.IsOversized);
        Assert.Equal(3_000_016, buffer.TotalBytes);
        Assert.StartsWith("""{"id":42,""", Encoding.UTF8.GetString(buffer.Beginning), StringComparison.Ordinal);

        buffer.Reset();
        Assert.True(await transport.ReceiveAsync(buffer).Guarded());
        Assert.Equal("next", Encoding.UTF8.GetString(buffer.Message));
    }

    [Fact]
    public async Task Binary_message_is_handed_on_like_text()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            var socket = await peer.UpgradeAsync();
            await socket.SendAsync("{}"u8.ToArray().AsMemory(), WebSocketMessageType.Binary, true, peer.Stopping);
            await peer.SilenceAsync();
        });
        await using var transport = await Dial.ConnectAsync(server.Url());
        Assert.Equal("{}", await ReceiveTextAsync(transport));
    }

    [Fact]
    public async Task Message_in_the_packet_of_the_upgrade_is_not_lost()
    {
        await using var server = new LoopbackServer(async peer =>
        {
            await (await peer.UpgradeAsync()).SendTextAsync("hello");
            peer.Finish();
            await peer.SilenceAsync();
        });
        await using var transport = await Dial.ConnectAsync(server.Url());
        Assert.Equal("hello", await ReceiveTextAsync(transport));
    }

    [Fact]
    public async Task Receiving_data_that_is_there_allocates_nothing()
    {
        // In a debug build the state machine of an async method is an object; a copy of a message, of 1,200 bytes, would be seen all the same.
        var allowed = IsUnoptimised ? 300 : 0;
        await using var transport = new WebSocketTransport(new EndlessWebSocket(), null, TimeProvider.System);
        using var buffer = new MessageBuffer(1_000_000);
        ReceiveMany(10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReceiveMany(1000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000 * allowed);

        void ReceiveMany(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var received = transport.ReceiveAsync(buffer);
                if (!received.IsCompletedSuccessfully || !received.Result) throw new InvalidOperationException("The data was there.");
                buffer.Reset();
            }
        }
    }

    private static async Task<string> ReceiveTextAsync(ITransport transport)
    {
        var message = new ArrayBufferWriter<byte>();
        Assert.True(await transport.ReceiveAsync(message).AsTask().WaitAsync(Generous));
        return Encoding.UTF8.GetString(message.WrittenSpan);
    }

    private sealed class EndlessWebSocket : WebSocket
    {
        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => WebSocketState.Open;

        public override string? SubProtocol => null;

        public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new ValueWebSocketReceiveResult(1200, WebSocketMessageType.Text, true));

        public override void Abort()
        {
        }

        public override void Dispose()
        {
        }

        public override Task CloseAsync(WebSocketCloseStatus code, string? text, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task CloseOutputAsync(WebSocketCloseStatus code, string? text, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType type, bool isEnd, CancellationToken token) =>
            throw new NotSupportedException();
    }
}
