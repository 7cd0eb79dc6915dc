using HassSocket.Core.Tests.Support;
using HassSocket.Streams;
using Xunit;

namespace HassSocket.Core.Tests.Streams;

public sealed class FeedTests
{
    [Fact]
    public async Task Who_comes_late_hears_the_latest_first_and_nothing_twice()
    {
        const int Count = 3_000;
        const int Joiners = 200;
        var feed = new Feed<int>(_ => { });
        feed.Publish(0);
        var heard = Enumerable.Range(0, Joiners).Select(_ => new List<int>()).ToList();
        var over = heard.ConvertAll(_ => new TaskCompletionSource());
        using var start = new Barrier(3);
        var joining = Enumerable.Range(0, 2).Select(half => Task.Run(() =>
        {
            start.SignalAndWait();
            for (var i = half; i < Joiners; i += 2)
            {
                var (mine, end) = (heard[i], over[i]);
                feed.Subscribe(new Watcher<int>(mine.Add, null, end.SetResult));
            }
        })).ToList();
        var publishing = Task.Run(() =>
        {
            start.SignalAndWait();
            for (var i = 1; i <= Count; i++) feed.Publish(i);
        });

        await Task.WhenAll(joining).WaitAsync(ConnectionFixture.Guard);
        await publishing.WaitAsync(ConnectionFixture.Guard);
        feed.Complete();
        await Task.WhenAll(over.Select(end => end.Task)).WaitAsync(ConnectionFixture.Guard);

        Assert.All(heard, mine => Assert.Equal(Enumerable.Range(mine[0], Count - mine[0] + 1), mine));
    }

    [Fact]
    public async Task An_observer_that_throws_is_reported_and_hears_the_next_news()
    {
        var reported = new Inbox<Exception>();
        var feed = new Feed<string>(reported.OnNext);
        var inbox = new Inbox<string>();
        using var subscription = feed.Subscribe(new Watcher<string>(news =>
        {
            if (news == "a") throw new InvalidOperationException("not this one");
            inbox.OnNext(news);
        }));

        feed.Publish("a");
        feed.Publish("b");

        Assert.Equal("b", await inbox.NextAsync());
        Assert.Equal("not this one", (await reported.NextAsync()).Message);
    }

    [Fact]
    public async Task One_that_has_completed_tells_late_comers_the_latest_and_the_end()
    {
        var feed = new Feed<string>(_ => { });
        feed.Publish("a");
        feed.Complete();
        feed.Complete();
        feed.Publish("b");
        feed.Remember("c");

        var inbox = new Inbox<string>();
        using var subscription = feed.Subscribe(inbox);

        Assert.Equal("a", await inbox.NextAsync());
        await inbox.Completion;
    }

    [Fact]
    public async Task A_blocked_observer_costs_the_others_nothing()
    {
        var feed = new Feed<string>(_ => { });
        using var blocked = new BlockingObserver();
        var inbox = new Inbox<string>();
        using var first = feed.Subscribe(blocked);
        using var second = feed.Subscribe(inbox);

        feed.Publish("a");
        await blocked.Entered;
        feed.Publish("b");
        feed.Complete();

        Assert.Equal(["a", "b"], [await inbox.NextAsync(), await inbox.NextAsync()]);
        await inbox.Completion;
        blocked.Release();
        Assert.Equal(["a", "b"], [await blocked.Inbox.NextAsync(), await blocked.Inbox.NextAsync()]);
        await blocked.Inbox.Completion;
    }

    [Fact]
    public async Task Who_has_left_hears_nothing_more()
    {
        var feed = new Feed<string>(_ => { });
        var heard = new List<string>();
        var left = new TaskCompletionSource();
        IDisposable? subscription = null;
        subscription = feed.Subscribe(new Watcher<string>(
            news =>
            {
                heard.Add(news);
                subscription!.Dispose();
                left.SetResult();
            },
            null,
            () => heard.Add("completed")));
        var other = new Inbox<string>();
        using var second = feed.Subscribe(other);

        feed.Publish("a");
        feed.Publish("b");
        await left.Task.WaitAsync(ConnectionFixture.Guard);
        feed.Complete();
        await other.NextAsync();
        await other.NextAsync();
        await other.Completion;

        Assert.Equal(["a"], heard);
    }

    [Fact]
    public async Task What_was_forgotten_is_not_replayed()
    {
        var feed = new Feed<string>(_ => { });
        feed.Publish("a");
        feed.Forget();
        var inbox = new Inbox<string>();
        using var subscription = feed.Subscribe(inbox);

        feed.Publish("b");

        Assert.Equal("b", await inbox.NextAsync());
    }
}
