using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Connections;

public sealed class FirstStepsTests
{
    [Fact]
    public async Task A_command_is_sent_and_its_answer_comes_back()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();

        var answer = fixture.SendAsync("echo hello");
        Assert.Equal("1 echo hello", await server.ReadAsync());
        server.Send("1 = hello");

        Assert.Equal("hello", await answer.WaitAsync(ConnectionFixture.Guard));
    }

    [Fact]
    public async Task A_subscription_brings_its_items_in_order_and_ends_with_its_last_consumer()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();

        var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        Assert.Equal("1 sub news", await server.ReadAsync());
        server.Send("1 =\n1 + a\n1 + b");
        Assert.Equal("a", await inbox.NextAsync());
        Assert.Equal("b", await inbox.NextAsync());
        consumer.Dispose();

        Assert.Equal("2 stop 1", await server.ReadAsync());
    }

    [Fact]
    public async Task A_dropped_connection_comes_back_with_its_subscriptions()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        Assert.Equal("1 sub news", await server.ReadAsync());
        server.Send("1 =");

        server.Drop();
        await fixture.UntilAsync(ConnectionState.Backoff);
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        server = await fixture.AcceptAsync();

        Assert.Equal("1 sub news", await server.ReadAsync());
        server.Send("1 =\n1 + again");
        Assert.Equal("again", await inbox.NextAsync());
    }
}
