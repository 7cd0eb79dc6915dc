using HassSocket.Core.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Core.Tests.Subscriptions;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_refusal_for_good_is_told_to_its_consumers_and_nobody_else()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("wrong"));
        var refused = new[] { new Inbox<string>(), new Inbox<string>() };
        var other = new Inbox<string>();
        var consumers = refused.Select(stream.Subscribe).ToList();
        using var second = fixture.Connection.Subscribe(new TextSource("right")).Subscribe(other);
        await fixture.SentAsync(server);

        server.Send("1 ! unknown never heard of it\n2 =\n2 + a");

        foreach (var inbox in refused) await Assert.ThrowsAsync<RefusedException>(() => inbox.Completion);
        Assert.Equal("a", await other.NextAsync());
        Assert.Equal(SubscriptionState.Refused, stream.Status.State);
        Assert.Equal("unknown", Assert.IsType<RefusedException>(stream.Status.Error).Code);
        Assert.Contains("'sub wrong' was refused", stream.Status.Reason, StringComparison.Ordinal);
        Assert.Single(fixture.Log.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains("sub wrong", StringComparison.Ordinal));
        consumers.ForEach(consumer => consumer.Dispose());
        Assert.Empty(await fixture.SentAsync(server));
        Assert.Equal(SubscriptionState.Refused, stream.Status.State);
    }

    [Fact]
    public async Task Who_comes_after_a_refusal_asks_anew()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        using var first = stream.Subscribe(new Inbox<string>());
        server.Answer(await server.ReadAsync(), "! unknown never heard of it");
        await stream.UntilAsync(SubscriptionState.Refused);

        var inbox = new Inbox<string>();
        using var second = stream.Subscribe(inbox);
        Assert.Equal("2 sub news", await server.ReadAsync());
        server.Send("2 =\n2 + a");

        Assert.Equal("a", await inbox.NextAsync());
        Assert.Equal(SubscriptionState.Active, stream.Status.State);
        Assert.Null(stream.Status.Error);
    }

    [Fact]
    public async Task What_was_refused_is_not_restored()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        using var consumer = stream.Subscribe(new Inbox<string>());
        server.Answer(await server.ReadAsync(), "! unknown never heard of it");
        await stream.UntilAsync(SubscriptionState.Refused);

        server = await fixture.ReconnectAsync(server);

        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task A_subscription_that_the_server_ends_completes()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);
        server.Answer(await server.ReadAsync());

        server.Send("1 + a\n1 + b\n1 ended");

        Assert.Equal(["a", "b"], [await inbox.NextAsync(), await inbox.NextAsync()]);
        await inbox.Completion;
        Assert.Equal(SubscriptionState.Ended, stream.Status.State);
        Assert.Null(stream.Status.Error);
        consumer.Dispose();
        Assert.Empty(await fixture.SentAsync(server));
        server = await fixture.ReconnectAsync(server);
        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task An_error_after_started_ends_a_subscription_after_its_items()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);
        server.Answer(await server.ReadAsync());

        server.Send("1 + a\n1 ! gone the source is gone\n1 + late");

        Assert.Equal("a", await inbox.NextAsync());
        var error = await Assert.ThrowsAsync<RefusedException>(() => inbox.Completion);
        Assert.Equal("gone", error.Code);
        Assert.Equal(SubscriptionState.Refused, stream.Status.State);
        consumer.Dispose();
        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task A_refusal_of_what_nobody_wants_any_more_is_no_news()
    {
        await using var fixture = new ConnectionFixture(dialect: StreamDialects.StopNeedsStarted());
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        stream.Subscribe(new Inbox<string>()).Dispose();

        server.Answer(await server.ReadAsync(), "! unknown never heard of it");

        Assert.Empty(await fixture.SentAsync(server));
        Assert.Equal(SubscriptionState.Pending, stream.Status.State);
        Assert.DoesNotContain(fixture.Log.Lines, line => line.Level >= LogLevel.Warning);
    }
}
