using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sessions;

/// <summary>Servers that hang up on a message because it is too large.</summary>
public sealed class TooLargeFrameTests
{
    [Fact]
    public async Task A_subscription_whose_request_is_too_large_is_given_up_and_not_sent_again()
    {
        await using var fixture = new ConnectionFixture(dialect: new RelayDialect());
        var (large, small) = (new Inbox<string>(), new Inbox<string>());
        var server = await fixture.ReadyAsync();
        using var first = fixture.Connection.Subscribe(new TextSource(new string('x', 1_000))).Subscribe(large);
        using var second = fixture.Connection.Subscribe(new TextSource("small")).Subscribe(small);
        await server.ReadAsync();
        await server.ReadAsync();

        server.Close(1009);

        var error = await Assert.ThrowsAsync<ProtocolViolationException>(() => large.Completion);
        Assert.Contains("1009", error.Message, StringComparison.Ordinal);
        server = await fixture.ReconnectAsync();
        Assert.Equal("1 sub small", await server.ReadAsync());
        server.Send("1 started");
        server.Send("1 + t:a");
        Assert.Equal("a", await small.NextAsync());
    }

    [Fact]
    public async Task Commands_whose_frame_is_too_large_together_leave_in_smaller_frames()
    {
        await using var fixture = new ConnectionFixture();
        var consumers = Enumerable.Range(0, 4).Select(i => fixture.Connection.Subscribe(new TextSource(new string((char)('a' + i), 100))).Subscribe(new Inbox<string>())).ToArray();
        var server = await fixture.ReadyAsync();
        var refused = await server.ReadAsync();

        server.Close(1009);
        server = await fixture.ReconnectAsync();

        var lines = 0;
        while (lines < 4)
        {
            var frame = await server.ReadAsync();
            Assert.True(frame.Length <= refused.Length / 2, $"{frame.Length} of {refused.Length}");
            lines += frame.Split('\n').Length;
        }

        foreach (var consumer in consumers) consumer.Dispose();
    }

    [Fact]
    public async Task A_call_that_is_too_large_is_lost_and_blames_no_subscription()
    {
        await using var fixture = new ConnectionFixture(dialect: new RelayDialect());
        var inbox = new Inbox<string>();
        var server = await fixture.ReadyAsync();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        await server.ReadAsync();
        var call = fixture.SendAsync(new string('x', 1_000), new CommandEnvelope("large"));
        await server.ReadAsync();

        server.Close(1009);

        Assert.Equal(1009, (await call.FailsWithAsync<ConnectionLostException>()).CloseCode);
        server = await fixture.ReconnectAsync();
        Assert.Equal("1 sub news", await server.ReadAsync());
        Assert.False(inbox.IsOver);
    }
}
