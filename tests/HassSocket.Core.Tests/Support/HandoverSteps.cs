using HassSocket.Testing;
using Xunit;

namespace HassSocket.Core.Tests.Support;

/// <summary>What tests of a handover do again and again.</summary>
internal static class HandoverSteps
{
    public static readonly TimeSpan MoveBudget = TimeSpan.FromSeconds(10);

    /// <summary>A relay whose pings disturb nobody.</summary>
    public static ConnectionFixture Relay(Action<TestOptions>? configure = null, RelayDialect? dialect = null) =>
        new(o => { o.Calm(); configure?.Invoke(o); }, dialect ?? new RelayDialect());

    /// <summary>Subscribes, and has the server agree.</summary>
    public static async Task<(LiveStream<string> Stream, Inbox<string> Inbox)> ListenAsync(this ConnectionFixture fixture, MemoryConnection server, string topic)
    {
        var stream = fixture.Connection.Subscribe(new TextSource(topic));
        var inbox = new Inbox<string>();
        stream.Subscribe(inbox);
        var request = await server.ReadAsync();
        Assert.EndsWith($" sub {topic}", request, StringComparison.Ordinal);
        server.Answer(request, "started");
        await stream.UntilAsync(SubscriptionState.Active);
        return (stream, inbox);
    }

    /// <summary>The server asks for a successor, and gets it.</summary>
    public static async Task<MemoryConnection> SucceedAsync(this ConnectionFixture fixture, MemoryConnection old)
    {
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        old.Send("reconnect");
        return await fixture.Transports.NextConnectionAsync();
    }

    /// <summary>Waits until the successor of a session is the open one.</summary>
    public static Task OpenedAsync(this ConnectionFixture fixture, int successor = 2) => fixture.Log.WaitForAsync(20, $"session {successor} takes over");

    /// <summary>Sends a command that the given server must get and answer.</summary>
    public static async Task CallAsync(this ConnectionFixture fixture, MemoryConnection server)
    {
        var answer = fixture.SendAsync("call", new CommandEnvelope("call") { WhenDisconnected = WhenUnavailable.Fail });
        server.Answer(await server.ReadAsync(), "= answered");
        Assert.Equal("answered", await answer.WaitAsync(ConnectionFixture.Guard));
    }
}
