using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Subscriptions;

/// <summary>A subscription that is folded into a whole: shared, kept open, and never without a base.</summary>
public sealed class FoldTests
{
    private readonly TextFold _fold = new();

    [Fact]
    public async Task Consumers_share_one_on_the_wire_and_each_gets_the_whole_first()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var folded = new FoldedSubscription<string>(fixture.Connection, new FoldedSource(_fold));
        var (early, late) = (new Inbox<string>(), new Inbox<string>());
        using var first = folded.Changes.Subscribe(early);
        server.Answer(await server.ReadAsync());
        server.Send("1 + a=1,b=2\n1 + a=3");
        Assert.Equal(["base a=1", "base b=2", "a=3"], await early.TakeAsync(3));

        using var second = folded.Changes.Subscribe(late);
        server.Send("1 + b=4");

        Assert.Equal(["whole a=3", "whole b=2", "b=4"], await late.TakeAsync(3));
        Assert.Equal("b=4", await early.NextAsync());
        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task It_is_folded_as_long_as_it_is_held_open_whether_anybody_listens_or_not()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var folded = new FoldedSubscription<string>(fixture.Connection, new FoldedSource(_fold));
        Assert.Equal((false, false), (_fold.IsFilled, _fold.IsCurrent));

        folded.Open();
        folded.Open();
        server.Answer(await server.ReadAsync());
        server.Send("1 + a=1\n1 + a=2");
        await fixture.SettleAsync(server);

        Assert.Equal(("a=2", true, true), (_fold.Whole, _fold.IsFilled, _fold.IsCurrent));
        Assert.Equal(SubscriptionState.Active, folded.Status.State);
        folded.Dispose();
        Assert.EndsWith("stop 1", await server.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal((true, false), (_fold.IsFilled, _fold.IsCurrent));
        Assert.Equal(SubscriptionState.Pending, folded.Status.State);
    }

    [Fact]
    public async Task After_a_loss_it_is_stale_until_a_fresh_base_has_come()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var folded = new FoldedSubscription<string>(fixture.Connection, new FoldedSource(_fold));
        folded.Open();
        var inbox = new Inbox<string>();
        using var consumer = folded.Changes.Subscribe(inbox);
        server.Answer(await server.ReadAsync());
        server.Send("1 + a=1");
        Assert.Equal("base a=1", await inbox.NextAsync());

        server = await fixture.ReconnectAsync(server);
        server.Answer(await server.ReadAsync());
        await fixture.SettleAsync(server);
        Assert.Equal(("a=1", false), (_fold.Whole, _fold.IsCurrent));

        server.Send("1 + b=2");
        Assert.Equal("base b=2", await inbox.NextAsync());
        Assert.Equal(("b=2", true), (_fold.Whole, _fold.IsCurrent));
    }

    [Fact]
    public async Task A_pause_does_not_stop_it_and_its_consumers_get_the_differences_afterwards()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var folded = new FoldedSubscription<string>(fixture.Connection, new FoldedSource(_fold));
        var (inbox, late) = (new Inbox<string>(), new Inbox<string>());
        using var consumer = folded.Changes.Subscribe(inbox);
        server.Answer(await server.ReadAsync());
        server.Send("1 + a=1,b=2");
        Assert.Equal(["base a=1", "base b=2"], await inbox.TakeAsync(2));

        fixture.Connection.PauseMessages = true;
        using var joined = folded.Changes.Subscribe(late);
        server.Send("1 + a=2\n1 + a=3");
        var fence = fixture.Connection.Subscribe(new TextSource("fence"));
        using var passing = fence.Subscribe(new Inbox<string>());
        server.Answer(await server.ReadAsync());
        await fence.UntilAsync(SubscriptionState.Active);
        Assert.Equal("a=3,b=2", _fold.Whole);
        fixture.Connection.PauseMessages = false;

        Assert.Equal("missed a=3", await inbox.NextAsync());
        Assert.Equal(["whole a=3", "whole b=2"], await late.TakeAsync(2));
        Assert.Equal((GapReason.Pause, 2L), (folded.Changes.Status.Gap!.Reason, folded.Changes.Status.Gap.Count!.Value));
        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task Consumer_that_dropped_changes_gets_the_whole_again_and_the_server_is_not_asked()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var folded = new FoldedSubscription<string>(fixture.Connection, new FoldedSource(_fold));
        using var slow = new BlockingObserver();
        using var consumer = folded.Changes.With(new StreamOptions { Capacity = 1 }).Subscribe(slow);
        server.Answer(await server.ReadAsync());
        server.Send("1 + a=1");
        await slow.Entered;
        server.Send("1 + a=2\n1 + b=3\n1 + a=4");
        await fixture.SettleAsync(server);

        slow.Release();

        Assert.Equal(["base a=1", "a=4", "whole a=4", "whole b=3"], await slow.Inbox.TakeAsync(4));
        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task Under_Latest_the_whole_is_never_replaced_and_never_overtaken()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var folded = new FoldedSubscription<string>(fixture.Connection, new FoldedSource(_fold));
        using var slow = new BlockingObserver();
        using var consumer = folded.Changes.With(new StreamOptions { Policy = OverflowPolicy.Latest, LatestKey = "name" }).Subscribe(slow);
        server.Answer(await server.ReadAsync());
        server.Send("1 + a=1,b=2");
        await slow.Entered;
        server.Send("1 + a=3\n1 + a=4\n1 + b=5");
        await fixture.SettleAsync(server);

        slow.Release();

        Assert.Equal(["base a=1", "base b=2", "a=4", "b=5"], await slow.Inbox.TakeAsync(4));
    }

    [Fact]
    public async Task Base_that_cannot_be_read_is_counted_and_what_follows_it_is_not_trusted()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var folded = new FoldedSubscription<string>(fixture.Connection, new FoldedSource(_fold));
        folded.Open();
        server.Answer(await server.ReadAsync());

        server.Send("1 + bad\n1 + a=1");
        await fixture.SettleAsync(server);

        Assert.Equal(("", false, false), (_fold.Whole, _fold.IsFilled, _fold.IsCurrent));
        Assert.Equal((1, "$.text is bad"), (folded.Status.Unreadable, folded.Status.LastUnreadable));
    }

    [Fact]
    public async Task Difference_that_cannot_be_read_costs_only_itself()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var folded = new FoldedSubscription<string>(fixture.Connection, new FoldedSource(_fold));
        folded.Open();
        server.Answer(await server.ReadAsync());

        server.Send("1 + a=1\n1 + bad\n1 + b=2");
        await fixture.SettleAsync(server);

        Assert.Equal(("a=1,b=2", true), (_fold.Whole, _fold.IsCurrent));
        Assert.Equal(1, folded.Status.Unreadable);
    }

    [Fact]
    public async Task Source_without_a_fold_is_refused_with_a_hint()
    {
        await using var fixture = new ConnectionFixture();

        var refusal = Assert.Throws<ArgumentException>(() => new FoldedSubscription<string>(fixture.Connection, new FoldedSource(null)));

        Assert.Contains("has no fold", refusal.Message, StringComparison.Ordinal);
    }
}
